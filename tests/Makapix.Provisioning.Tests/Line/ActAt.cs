using System;
using System.Threading;
using Makapix.VirtualEsp32.Power;

namespace Makapix.Provisioning.Tests.Line;

/// <summary>Power that holds, and lets a test act at the first operation of a kind.</summary>
internal sealed class ActAt(PowerOperation kind, Action act) : IPowerSupply
{
    private int _seen;

    public Random? FailsDuring(PowerOperation operation)
    {
        if (operation == kind && Interlocked.Increment(ref _seen) == 1)
        {
            act();
        }

        return null;
    }
}
