using System;

namespace Makapix.Mqtt.Desktop;

/// <summary>What <see cref="MqttClient"/> needs to know.</summary>
public sealed record MqttClientOptions
{
    /// <summary>Name or address of the broker; its certificate must hold it.</summary>
    public required string Host { get; init; }

    /// <summary>TCP port.</summary>
    public int Port { get; init; } = 8883;

    /// <summary>Trust and identity.</summary>
    public required TlsOptions Tls { get; init; }

    /// <summary>The session: client id, keep-alive, will, caps, timeouts.</summary>
    public required MqttOptions Session { get; init; }

    /// <summary>
    /// Messages that may wait to be read. One that finds the queue full is dropped and counted: waiting for room would stop acknowledgements and
    /// pings, and whoever publishes while reading would wait for himself.
    /// </summary>
    public int MessageQueueLength { get; init; } = 256;

    /// <summary>The clock of keep-alive and acknowledgement timeouts.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    internal void Validate()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(Host);
        ArgumentOutOfRangeException.ThrowIfLessThan(Port, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Port, 65535);
        ArgumentOutOfRangeException.ThrowIfLessThan(MessageQueueLength, 1);
    }
}
