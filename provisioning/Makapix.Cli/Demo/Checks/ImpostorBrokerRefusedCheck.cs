using System.Collections.Generic;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;

namespace Makapix.Cli.Demo.Checks;

/// <summary>The device's own connection code sees through a broker whose certificate is wrong in one thing; and believes one that is right.</summary>
internal sealed class ImpostorBrokerRefusedCheck : IDemoCheck
{
    public string Name => "impostor-broker-refused";

    public async Task<string> RunAsync(DemoWorld world, CancellationToken cancel)
    {
        using var impostors = new Impostors(world);
        var seen = new List<string>();
        foreach (var version in BrokerAccess.Versions)
        {
            await RequireBelievedAsync(world, impostors, version, cancel);
            foreach (var (what, leaf) in world.Sabotage.Impostors(impostors))
            {
                using (leaf)
                {
                    await RequireRefusedAsync(world, impostors, what, leaf, version, cancel);
                }

                if (version == SslProtocols.Tls12)
                {
                    seen.Add(what);
                }
            }
        }

        return $"certificates {string.Join(", ", seen)}: each refused before a byte of MQTT, over TLS 1.2 and 1.3; a right one is believed";
    }

    private static async Task RequireRefusedAsync(DemoWorld world, Impostors impostors, string what, X509Certificate2 leaf, SslProtocols version, CancellationToken cancel)
    {
        await using var impostor = new ImpostorBroker(leaf, impostors.Chain, version);
        await using var device = world.Reroute(impostor.Port);
        await device.WaitAsync("an attempt", () => device.Attempted || impostor.Fooled > 0, DemoPeer.Patience, cancel);
        if (impostor.Fooled > 0 || !device.SawThrough)
        {
            throw new CheckFailedException($"certificate {what}, {BrokerAccess.NameOf(version)}: the device {(impostor.Fooled > 0 ? "spoke to it" : $"stopped for another reason: {device.LastFailure}")}");
        }
    }

    private static async Task RequireBelievedAsync(DemoWorld world, Impostors impostors, SslProtocols version, CancellationToken cancel)
    {
        using var leaf = impostors.Genuine();
        await using var server = new ImpostorBroker(leaf, impostors.Chain, version);
        await using var device = world.Reroute(server.Port);
        await device.WaitAsync($"a right certificate to be believed over {BrokerAccess.NameOf(version)}", () => server.Fooled > 0, DemoPeer.Patience, cancel);
    }
}
