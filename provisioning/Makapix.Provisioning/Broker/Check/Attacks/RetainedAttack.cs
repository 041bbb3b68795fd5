namespace Makapix.Provisioning.Broker.Check;

/// <summary>What the broker keeps until it is restarted: a message for each of very many topics that a player may write.</summary>
internal sealed class RetainedAttack() : PublishAttack("retained", "50,000 retained messages of 256 bytes to topics of the attacker's own, QoS 1, 2,500 a second", 50_000, 2_500)
{
    private static readonly byte[] Payload = new byte[256];

    protected override CheckIdentity Publisher(AttackScene scene) => scene.World.Attacker;

    protected override byte[] Message(AttackScene scene, int number) => MqttBytes.Publish(scene.World.Attacker.Topic($"request/{number}"), Payload, Id(number), retain: true);
}
