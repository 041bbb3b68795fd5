using System.Threading;
using System.Threading.Tasks;
using Makapix.Mqtt.Desktop;

namespace Makapix.Provisioning.Broker.Check;

/// <summary>A player that connects under the client id of another, and of the service. A session of theirs that ends was let through.</summary>
internal sealed class TakeoverAttack() : Attack("takeover", "connects under the client ids of another player and of the service, 5 a second; counted are their sessions that end")
{
    // Below what the front of a kit lets one address do: that it is too fast is not what is asked here.
    private const int PerSecond = 5;

    public override Task RunAsync(AttackScene scene, CancellationToken stop) =>
        Task.WhenAll(LiveAsync(scene, scene.World.Victim, stop), LiveAsync(scene, scene.World.Service, stop), TakeAsync(scene, stop));

    private static async Task LiveAsync(AttackScene scene, CheckIdentity who, CancellationToken stop)
    {
        // Of a broker that is gone it would ask without end.
        var pace = new Pace(PerSecond * 4);
        while (true)
        {
            await pace.TurnAsync(stop);
            try
            {
                await using var session = await scene.ConnectAsync(who, stop);
                await session.Ended.WaitAsync(stop);
            }
            catch (MqttException)
            {
                // Taken over before it stood.
            }

            scene.LetIn();
        }
    }

    private static async Task TakeAsync(AttackScene scene, CancellationToken stop)
    {
        var pace = new Pace(PerSecond);
        string[] names = [scene.World.Victim.Name, scene.World.Service.Name];
        for (var number = 0; ; number++)
        {
            await pace.TurnAsync(stop);
            using var connection = await scene.Client.MqttAsync(scene.World.Attacker, MqttBytes.Connect(names[number % names.Length]), stop);
            scene.Count(connection is null ? "refused" : "connected");
        }
    }
}
