using System;
using Makapix.VirtualEsp32.Power;

namespace Makapix.Provisioning.Tests.Line;

/// <summary>Power that goes inside the n-th operation of a kind.</summary>
internal sealed class CutAt(PowerOperation kind, int n, int seed) : IPowerSupply
{
    private int _seen;

    public Random? FailsDuring(PowerOperation operation) => operation == kind && ++_seen == n ? new Random(seed) : null;
}
