using System.Collections.Immutable;
using System.Linq;

namespace Makapix.Provisioning.Broker.Check;

/// <summary>MQTT 5 packets that are nothing but properties (CVE-2021-41039 and its like).</summary>
internal static class PropertyBombs
{
    private const int UserProperties = 12_000;
    private const int LongText = 60_000;

    private static readonly byte[] Named = [0x26, .. MqttBytes.Text("a"), .. MqttBytes.Text("b")];

    private static readonly byte[] Empty = [0x26, 0, 0, 0, 0];

    /// <summary>In place of CONNECT: just below what a broker must take for the longest reply of the service, and as large as it gets.</summary>
    public static ImmutableArray<byte[]> Openings { get; } =
    [
        MqttBytes.Connect5("bomb", Repeat(Named, UserProperties)),
        MqttBytes.Connect5("bomb", Repeat(Empty, 2 * UserProperties)),
        MqttBytes.Connect5("bomb", Repeat(Empty, 10 * UserProperties)),
        MqttBytes.Connect5("bomb", [0x26, .. MqttBytes.Text(new string('k', LongText)), .. MqttBytes.Text(new string('v', LongText))]),
        // Session Expiry given 20,000 times (3.1.2.11: once).
        MqttBytes.Connect5("bomb", Repeat([0x11, 0, 0, 0, 1], 2 * UserProperties)),
    ];

    /// <summary>After a CONNECT of MQTT 5.</summary>
    public static ImmutableArray<byte[]> Sessions(string topic) =>
    [
        MqttBytes.Publish5(topic, Repeat(Named, UserProperties)),
        // Topic aliases that were never given; Subscription Identifiers, which a client may not send.
        MqttBytes.Publish5("", [0x23, 0xFF, 0xFF]),
        MqttBytes.Publish5(topic, Repeat([0x0B, 1], UserProperties)),
    ];

    private static byte[] Repeat(byte[] property, int times) => [.. Enumerable.Repeat(property, times).SelectMany(one => one)];
}
