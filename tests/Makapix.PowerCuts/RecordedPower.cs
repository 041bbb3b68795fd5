using System;
using System.Collections.Generic;
using Makapix.VirtualEsp32.Power;

namespace Makapix.PowerCuts;

/// <summary>Power that never goes, and remembers what it was needed for.</summary>
public sealed class RecordedPower : IPowerSupply
{
    private readonly List<PowerOperation> _operations = [];

    /// <summary>Every operation, in their order.</summary>
    public IReadOnlyList<PowerOperation> Operations => _operations;

    /// <inheritdoc/>
    public Random? FailsDuring(PowerOperation operation)
    {
        _operations.Add(operation);
        return null;
    }
}
