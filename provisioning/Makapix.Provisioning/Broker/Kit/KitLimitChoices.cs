namespace Makapix.Provisioning.Broker.Kit;

/// <summary>Limits that the owner chose; null for what <see cref="KitLimits"/> derives.</summary>
public sealed record KitLimitChoices
{
    /// <inheritdoc cref="KitLimits.Connections"/>
    public int? Connections { get; init; }

    /// <inheritdoc cref="KitLimits.ConnectionsPerAddress"/>
    public int? ConnectionsPerAddress { get; init; }

    /// <inheritdoc cref="KitLimits.RatePerAddress"/>
    public int? RatePerAddress { get; init; }

    /// <inheritdoc cref="KitLimits.ConnectionsPerNat"/>
    public int? ConnectionsPerNat { get; init; }

    /// <inheritdoc cref="KitLimits.KilobytesPerAddress"/>
    public int? KilobytesPerAddress { get; init; }

    /// <inheritdoc cref="KitLimits.HandshakesPerSecond"/>
    public int? HandshakesPerSecond { get; init; }

    /// <inheritdoc cref="KitLimits.PacketBytes"/>
    public int? PacketBytes { get; init; }

    /// <inheritdoc cref="KitLimits.InflightMessages"/>
    public int? InflightMessages { get; init; }

    /// <inheritdoc cref="KitLimits.QueuedMessages"/>
    public int? QueuedMessages { get; init; }

    /// <inheritdoc cref="KitLimits.QueuedBytes"/>
    public int? QueuedBytes { get; init; }

    /// <inheritdoc cref="KitLimits.KeepAliveSeconds"/>
    public int? KeepAliveSeconds { get; init; }

    /// <inheritdoc cref="KitLimits.MemoryMegabytes"/>
    public int? MemoryMegabytes { get; init; }
}
