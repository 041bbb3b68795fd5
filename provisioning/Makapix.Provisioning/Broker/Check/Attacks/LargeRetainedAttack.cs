namespace Makapix.Provisioning.Broker.Check;

/// <summary>Memory that the broker gives back only when it is restarted: the longest messages that it takes, retained.</summary>
internal sealed class LargeRetainedAttack() : PublishAttack("retained-large", "2,000 retained messages of 128 KB to topics of the attacker's own, QoS 1, 100 a second", 2_000, 100)
{
    private static readonly byte[] Payload = new byte[128 * 1024];

    protected override CheckIdentity Publisher(AttackScene scene) => scene.World.Attacker;

    protected override byte[] Message(AttackScene scene, int number) => MqttBytes.Publish(scene.World.Attacker.Topic($"request/{number}"), Payload, Id(number), retain: true);
}
