using System;
using System.Security.Authentication;
using Makapix.Device.Connection;

namespace Makapix.Device.Host;

/// <summary>What a device on a PC may be given beside its identity. Nothing here weakens what it checks.</summary>
public sealed record DeviceHostOptions
{
    /// <summary>Host to connect to instead of the identity's. Its certificate must name it.</summary>
    public string? BrokerHost { get; init; }

    /// <summary>Port to connect to instead of the identity's.</summary>
    public int? BrokerPort { get; init; }

    /// <summary>TLS versions to offer: 1.2, 1.3 or, as on the device, both.</summary>
    public SslProtocols Protocols { get; init; } = SslProtocols.Tls12 | SslProtocols.Tls13;

    /// <summary>What a developer may set.</summary>
    public DeviceSettings Settings { get; init; } = new();

    /// <summary>Takes what the device says, line by line, on the device's thread.</summary>
    public Action<string>? Log { get; init; }

    /// <summary>Takes the place of the device's own backoff, to measure that against it; of one device alone.</summary>
    public IReconnectPolicy? Reconnect { get; init; }

    /// <summary>Told what the device does.</summary>
    public IDeviceObserver? Observer { get; init; }

    internal void Validate()
    {
        if (BrokerPort is { } port)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(port, nameof(BrokerPort));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(port, 65535, nameof(BrokerPort));
        }

        if (BrokerHost is { } host)
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(host, nameof(BrokerHost));
        }
    }
}
