using System;

namespace Makapix.VirtualEsp32.Power;

/// <summary>Power that never goes.</summary>
public sealed class SteadyPower : IPowerSupply
{
    /// <inheritdoc/>
    public Random? FailsDuring(PowerOperation operation) => null;
}
