using System;
using Makapix.Provisioning.Chips;
using Makapix.Provisioning.Images;

namespace Makapix.Provisioning.Line;

/// <summary>What the line is to do with one board.</summary>
/// <param name="Port">Where the board is.</param>
/// <param name="Bundle">What it will run.</param>
/// <param name="BrokerHost">DNS name or address of its broker, as the broker's certificate has it.</param>
/// <param name="BrokerPort">TLS port of its broker.</param>
/// <param name="StateFolder">Where journals and records are kept.</param>
public sealed record ProvisioningRequest(ChipPort Port, FirmwareBundle Bundle, string BrokerHost, ushort BrokerPort, string StateFolder)
{
    /// <summary>How far it is locked.</summary>
    public ProvisioningPolicy Policy { get; init; } = ProvisioningPolicy.Release;

    /// <summary>Its device id; null for a random one.</summary>
    public Guid? DeviceId { get; init; }

    /// <summary>Its Wi-Fi network; null for none.</summary>
    public string? WifiSsid { get; init; }

    /// <summary>Password of the network, UTF-8; empty for an open one. The caller zeroes it.</summary>
    public ReadOnlyMemory<byte> WifiPassword { get; init; }
}
