using System;
using System.Threading;
using System.Threading.Tasks;

namespace Makapix.Provisioning.Broker.Check;

/// <summary>
/// Memory that the broker gives back only when it is restarted: the longest messages that it takes, retained. Where it takes no more, shorter ones, until there is room for
/// none; where it was started again, the longest anew.
/// </summary>
internal sealed class LargeRetainedAttack() : PublishAttack("retained-large", "retained messages of 128 KB to topics of the attacker's own, QoS 1, 200 a second, each time they are refused an eighth as long, until none fits", int.MaxValue, 200)
{
    private const int Longest = 128 * 1024;
    private const int Shorter = 8;

    // So much that was sent in one session is more than lies in buffers on the way: there was room.
    private const long Room = 64 * 1024 * 1024;

    private byte[] _payload = new byte[Longest];

    protected override CheckIdentity Publisher(AttackScene scene) => scene.World.Attacker;

    protected override byte[] Message(AttackScene scene, int number) => MqttBytes.Publish(scene.World.Attacker.Topic($"request/{number}"), _payload, Id(number), retain: true);

    protected override void Closed(int sent) => _payload = new byte[(long)sent * _payload.Length > Room ? Longest : Math.Max(1, _payload.Length / Shorter)];

    protected override Task PrepareAsync(AttackScene scene, CancellationToken stop)
    {
        _payload = new byte[Longest];
        return base.PrepareAsync(scene, stop);
    }
}
