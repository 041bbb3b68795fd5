using System;
using System.Diagnostics;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Mqtt.Desktop;

namespace Makapix.Cli.Demo.Checks;

/// <summary>A player that the broker let in is refused once its certificate is revoked, the CRL published and the broker told.</summary>
internal sealed class RevokedRefusedCheck : IDemoCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    public string Name => "revoked-refused";

    public async Task<string> RunAsync(DemoWorld world, CancellationToken cancel)
    {
        using var player = new DemoPlayer(world.Authority);
        foreach (var version in BrokerAccess.Versions)
        {
            if (await BrokerAccess.TryAsync(world, player.Client, version, cancel) is { } already)
            {
                throw new CheckFailedException($"the player was kept out before it was revoked: {already.Cause}");
            }
        }

        world.Authority.Revoke(player.Serial, X509RevocationReason.KeyCompromise);
        await world.PublishRevocationsAsync(cancel);
        await WaitUntilRefusedAsync(world, player.Client, cancel);
        foreach (var version in BrokerAccess.Versions)
        {
            await BrokerAccess.RequireRefusedAsync(world, "a revoked player", player.Client, version, cancel);
        }

        return "let in, revoked, CRL published and the broker told: refused, over TLS 1.2 and 1.3";
    }

    // The broker reads the CRL when it comes to it.
    private static async Task WaitUntilRefusedAsync(DemoWorld world, ClientIdentity client, CancellationToken cancel)
    {
        var watch = Stopwatch.StartNew();
        while (await BrokerAccess.TryAsync(world, client, BrokerAccess.Versions[0], cancel) is null)
        {
            if (watch.Elapsed > Patience)
            {
                throw new CheckFailedException($"a revoked player is still let in {Patience.TotalSeconds:0} s after its CRL was published");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), cancel);
        }
    }
}
