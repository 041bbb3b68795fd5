using System;
using System.Linq;
using Makapix.Provisioning.Chips;
using Makapix.Provisioning.Images;
using Makapix.Provisioning.Labels;

namespace Makapix.Provisioning.Line;

/// <summary>What the line is to do with one board. Each property refuses what no device could use (<see cref="ImageException"/> 066), so that it costs no certificate.</summary>
/// <param name="Port">Where the board is.</param>
/// <param name="Bundle">What it will run.</param>
/// <param name="BrokerHost">DNS name or address of its broker, as the broker's certificate has it.</param>
/// <param name="BrokerPort">TLS port of its broker.</param>
/// <param name="StateFolder">Where records are kept.</param>
public sealed record ProvisioningRequest(ChipPort Port, FirmwareBundle Bundle, string BrokerHost, ushort BrokerPort, string StateFolder)
{
    private const int MaxName = 64;

    /// <summary>Shortest <see cref="BootPatience"/>, seconds.</summary>
    public const int LeastBootSeconds = 1;

    /// <summary><see cref="BootPatience"/> where none is asked for, seconds.</summary>
    public const int UsualBootSeconds = 90;

    /// <summary>Longest <see cref="BootPatience"/>, seconds.</summary>
    public const int MostBootSeconds = 600;

    /// <summary>DNS name or address of its broker, as the broker's certificate has it.</summary>
    public string BrokerHost { get; init => field = IdentityRules.BrokerHost(value); } = IdentityRules.BrokerHost(BrokerHost);

    /// <summary>TLS port of its broker.</summary>
    public ushort BrokerPort { get; init => field = IdentityRules.BrokerPort(value); } = IdentityRules.BrokerPort(BrokerPort);

    /// <summary>Its broker, as <c>HOST:PORT</c>.</summary>
    public string Broker => $"{BrokerHost}:{BrokerPort}";

    /// <summary>How far it is locked.</summary>
    public ProvisioningPolicy Policy { get; init; } = ProvisioningPolicy.Release;

    /// <summary>Its device id; null for a random one.</summary>
    public Guid? DeviceId { get; init => field = value is { } id ? IdentityRules.DeviceId(id) : null; }

    /// <summary>The batch it is made in, 1…64 characters; null for none.</summary>
    public string? Batch { get; init => field = Named(value); }

    /// <summary>The station that makes it, 1…64 characters; null if that has no name.</summary>
    public string? Station { get; init => field = Named(value); }

    /// <summary>What is stuck to it.</summary>
    public LabelSize Label { get; init; } = LabelSizes.Default;

    /// <summary>Its Wi-Fi network, 1…31 bytes of UTF-8; null for none.</summary>
    public string? WifiSsid { get; init => field = IdentityRules.WifiSsid(value); }

    /// <summary>Password of the network, UTF-8, 8…63 bytes; empty for an open one. The caller zeroes it.</summary>
    public ReadOnlyMemory<byte> WifiPassword
    {
        get;
        init
        {
            IdentityRules.WifiPassword(value.Span);
            field = value;
        }
    }

    /// <summary>
    /// How long the device may take from its reset until it is seen online: boot, Wi-Fi, time and TLS, with a failed attempt or two between. 1…600 s.
    /// </summary>
    public TimeSpan BootPatience
    {
        get;
        init => field = value.TotalSeconds is >= LeastBootSeconds and <= MostBootSeconds
            ? value
            : throw new LineException("155", $"a first boot of {value.TotalSeconds:0.#} s is not waited for.", $"Give {LeastBootSeconds} to {MostBootSeconds} s.");
    } = TimeSpan.FromSeconds(UsualBootSeconds);

    private static string? Named(string? name) => name is null || (name.Length is > 0 and <= MaxName && !name.Any(char.IsControl))
        ? name
        : throw new LineException("114", "that cannot be the name of a batch or a station.", $"Give 1 to {MaxName} characters without control characters.");
}
