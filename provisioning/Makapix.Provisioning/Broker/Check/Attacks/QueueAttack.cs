using System.Threading;
using System.Threading.Tasks;

namespace Makapix.Provisioning.Broker.Check;

/// <summary>A player asks for messages to be kept for it, and goes away; the service, or who has stolen its certificate, has many for it.</summary>
internal sealed class QueueAttack() : PublishAttack("offline-queue", "a player that is offline, and 100,000 messages of 256 bytes for it, QoS 1, 5,000 a second", 100_000, 5_000)
{
    private static readonly byte[] Payload = new byte[256];

    protected override async Task PrepareAsync(AttackScene scene, CancellationToken stop)
    {
        var player = scene.World.Victim;
        using var connection = await scene.Client.MqttAsync(player, MqttBytes.Connect(player.Name, clean: false), stop);
        if (connection is not null)
        {
            await connection.WriteAsync(MqttBytes.Subscribe(1, [player.Topic("command")]), stop);
            await connection.ReadAsync(5, stop);
            await connection.WriteAsync(MqttBytes.Disconnect, stop);
            await connection.UntilClosedAsync(stop);
        }

        scene.Count("subscribed", connection is null ? 0 : 1);
    }

    protected override CheckIdentity Publisher(AttackScene scene) => scene.World.Service;

    protected override byte[] Message(AttackScene scene, int number) => MqttBytes.Publish(scene.World.Victim.Topic("command"), Payload, Id(number));
}
