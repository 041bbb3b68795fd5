using System;
using System.Threading;
using Makapix.VirtualEsp32.Power;

namespace Makapix.PowerCuts;

/// <summary>Power that goes at one point.</summary>
internal sealed class OneCut(CutPoint point) : IPowerSupply
{
    private int _seen;

    public Random? FailsDuring(PowerOperation operation) =>
        operation == point.Operation && Interlocked.Increment(ref _seen) == point.Number ? new Random(point.Seed) : null;
}
