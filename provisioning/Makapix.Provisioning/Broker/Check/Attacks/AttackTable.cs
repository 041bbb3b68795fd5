using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;

namespace Makapix.Provisioning.Broker.Check;

/// <summary>Every attack, with its intensity. From one address, 127.0.3.1, with the certificate of one player, unless it says otherwise.</summary>
internal static class AttackTable
{
    private const int Kilobyte = 1024;

    /// <summary>In the order in which they run.</summary>
    public static ImmutableArray<Attack> All { get; } =
    [
        new QuietAttack(),
        new HeldAttack("idle-tcp", "500 TCP connections that send nothing", 500, (scene, _, stop) => scene.Client.TcpAsync(scene.World.Attacker.Address, stop)),
        new HeldAttack("stalled-hello", "300 connections that send a ClientHello and stall", 300, (scene, _, stop) => AttackSteps.StallAsync(scene, scene.World.Attacker.Address, stop)),
        new HeldAttack("tls-no-connect", "300 connections that finish TLS and send no CONNECT", 300, (scene, _, stop) => scene.Client.TlsAsync(scene.World.Attacker, stop)),
        new PacedAttack("handshakes", "200 TLS handshakes a second", 200, (scene, _, stop) => AttackSteps.HandshakeAsync(scene, stop)),
        new PacedAttack("flapping", "one player that connects and disconnects 100 times a second", 100, (scene, _, stop) => AttackSteps.FlapAsync(scene, scene.World.Attacker, stop)),
        new HeldAttack("keep-alive", "50 sessions from 50 addresses, with a keep-alive of 0 or of 65535, half of them MQTT 5; counted are those of MQTT 5 that are given more than an hour", CheckWorld.Stolen, AttackSteps.LingerAsync),
        new HeldAttack("50-addresses", "500 sessions from 50 addresses with a stolen certificate each, 200 new ones a second", 500,
            (scene, number, stop) => scene.Client.MqttAsync(AttackSteps.Stolen(scene, number), MqttBytes.Connect($"botnet-{number}"), stop)),
        new HeldAttack("50-stalled", "1,100 connections from 50 addresses that send a ClientHello and stall; no certificate is needed for it", 1100,
            (scene, number, stop) => AttackSteps.StallAsync(scene, AttackSteps.Stolen(scene, number).Address, stop)),
        new PacedAttack("50-flapping", "connects and disconnects from 50 addresses with a stolen certificate each, 250 times a second", 250,
            (scene, number, stop) => AttackSteps.FlapAsync(scene, AttackSteps.Stolen(scene, number), stop)),
        new PacedAttack("large-packets", "messages of 300 KB and 5 MB by turns, from 50 addresses, 10 a second", 10,
            (scene, number, stop) => AttackSteps.PublishAsync(scene, number, number % 2 == 0 ? 300 * Kilobyte : 5 * Kilobyte * Kilobyte, stop)),
        new PacedAttack("malformed", "packets that are malformed, before TLS, before CONNECT and after it, from 50 addresses, 50 a second", 50, AttackSteps.MalformedAsync),
        new PacedAttack("property-bombs", "MQTT 5 packets with up to 120,000 properties, from 50 addresses, 20 a second", 20, AttackSteps.BombAsync),
        new QueueAttack(),
        new WildcardAttack(),
        new ForeignTopicAttack(),
        new TakeoverAttack(),
        new CertificateAttack(),
        new RetainedAttack(),
        new LargeRetainedAttack(),
        new MessageRateAttack(),
    ];

    /// <summary>Those of these names, in the table's order; all for none.</summary>
    /// <exception cref="BrokerException">MKX-BROKER-051: there is none of that name.</exception>
    public static ImmutableArray<Attack> Named(IReadOnlyCollection<string> names)
    {
        if (names.FirstOrDefault(name => All.All(attack => attack.Name != name)) is { } unknown)
        {
            throw new BrokerException("051", $"there is no attack '{unknown}'.", $"Name some of these: {string.Join(", ", All.Select(attack => attack.Name))}.");
        }

        return names.Count == 0 ? All : [.. All.Where(attack => names.Contains(attack.Name))];
    }
}
