using System.Threading;
using System.Threading.Tasks;

namespace Makapix.Provisioning.Broker.Check;

/// <summary>Certificates that must not be let in, one after the other.</summary>
internal sealed class CertificateAttack() : Attack("certificates", "connects with a revoked, expired, not yet valid and foreign certificate, and a server's, 5 a second; counted are those that are let in")
{
    // Below what the front of a kit lets one address do: the certificates are to be judged, not the rate.
    private const int PerSecond = 5;

    public override async Task RunAsync(AttackScene scene, CancellationToken stop)
    {
        var pace = new Pace(PerSecond);
        for (var number = 0; ; number++)
        {
            await pace.TurnAsync(stop);
            var (what, who) = scene.World.Wrong[number % scene.World.Wrong.Length];
            using var connection = await scene.Client.MqttAsync(who, MqttBytes.Connect(who.Name), stop);
            if (connection is null)
            {
                scene.Count($"{what}: refused");
                continue;
            }

            scene.Count($"{what}: let in");
            scene.LetIn();
        }
    }
}
