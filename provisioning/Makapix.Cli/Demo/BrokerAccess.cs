using System;
using System.Security.Authentication;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Mqtt.Desktop;

namespace Makapix.Cli.Demo;

/// <summary>Knocks at the demo's broker with a certificate.</summary>
internal static class BrokerAccess
{
    public static readonly SslProtocols[] Versions = [SslProtocols.Tls12, SslProtocols.Tls13];

    /// <summary>Connects and leaves again.</summary>
    /// <returns>Null if the broker let it in; else how it was refused.</returns>
    public static async Task<MqttException?> TryAsync(DemoWorld world, ClientIdentity identity, SslProtocols version, CancellationToken cancel)
    {
        try
        {
            await using var peer = await DemoPeer.ConnectAsync(world, identity, $"knock-{Guid.NewGuid():N}", cancel, version);
            return null;
        }
        catch (MqttException refused)
        {
            return refused;
        }
    }

    /// <summary>Requires that the broker refuses this certificate as such: a broker that is down, or closes on everybody, refuses nobody.</summary>
    /// <exception cref="CheckFailedException">It was let in, or kept out for another reason.</exception>
    public static async Task RequireRefusedAsync(DemoWorld world, string who, ClientIdentity identity, SslProtocols version, CancellationToken cancel)
    {
        switch (await TryAsync(world, identity, version, cancel))
        {
            case null:
                throw new CheckFailedException($"{who} was let in over {NameOf(version)}");
            case { Kind: not MqttFailure.CertificateRefused } other:
                throw new CheckFailedException($"{who} was kept out over {NameOf(version)}, but not for its certificate: {other.Cause}");
        }
    }

    public static string NameOf(SslProtocols version) => version == SslProtocols.Tls12 ? "TLS 1.2" : "TLS 1.3";
}
