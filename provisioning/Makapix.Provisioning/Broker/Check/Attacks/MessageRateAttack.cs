namespace Makapix.Provisioning.Broker.Check;

/// <summary>A player with a valid certificate that talks without end.</summary>
internal sealed class MessageRateAttack() : PublishAttack("message-rate", "10,000 messages a minute from one valid player, QoS 1", int.MaxValue, 10_000 / 60.0)
{
    private static readonly byte[] Payload = """{"status":"online"}"""u8.ToArray();

    protected override CheckIdentity Publisher(AttackScene scene) => scene.World.Attacker;

    protected override byte[] Message(AttackScene scene, int number) => MqttBytes.Publish(scene.World.Attacker.Topic("status"), Payload, Id(number));
}
