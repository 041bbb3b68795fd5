using System;

namespace Makapix.VirtualEsp32.Power;

/// <summary>Power that goes during the n-th operation and stays away.</summary>
public sealed class ScheduledPowerCut : IPowerSupply
{
    private readonly Random _random;
    private long _remaining;

    /// <summary>Schedules the cut.</summary>
    /// <param name="operation">In which operation, counted from 1.</param>
    /// <param name="seed">Decides what is left half done: the same seed and the same operations leave the same chip.</param>
    public ScheduledPowerCut(long operation, int seed = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(operation, 1);
        _remaining = operation;
        _random = new Random(seed);
    }

    /// <inheritdoc/>
    public Random? FailsDuring(PowerOperation operation)
    {
        if (_remaining > 0)
        {
            _remaining--;
        }

        return _remaining == 0 ? _random : null;
    }
}
