using System.Collections.Immutable;
using System.Linq;
using System.Text;

namespace Makapix.Provisioning.Broker.Check;

/// <summary>Byte sequences that are no MQTT, each by what is wrong with it. Those of a session follow a good CONNECT.</summary>
internal static class MalformedCorpus
{
    /// <summary>In place of TLS.</summary>
    public static ImmutableArray<byte[]> BeforeTls { get; } =
    [
        MqttBytes.Connect("plain"),
        Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: broker\r\n\r\n"),
        // A record of 16 KB that is none; a hello of SSL 2; one whose inner length leads past its record.
        [0x16, 0x03, 0x01, 0x40, 0x00, .. new byte[64]],
        [0x80, 0x2E, 0x01, 0x00, 0x02, .. new byte[43]],
        [0x16, 0x03, 0x01, 0x00, 0x08, 0x01, 0xFF, 0xFF, 0xFF, 0x03, 0x03, 0, 0],
    ];

    /// <summary>In place of CONNECT.</summary>
    public static ImmutableArray<byte[]> Openings { get; } =
    [
        [0x00, 0x00],
        [0xF0, 0x00],
        [0x10, 0x00],
        // A length of five bytes, where four are the most (2.2.3).
        [0x10, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F],
        // 256 MB are announced, and do not come.
        [0x10, 0xFF, 0xFF, 0xFF, 0x7F, 0, 4],
        Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: broker\r\n\r\n"),
        // A name of the protocol that is none; a version that is none; reserved flag set (3.1.2.3); QoS 3 for the will.
        MqttBytes.Packet(0x10, [.. MqttBytes.Text("MQTX"), 4, 2, 0, 60, .. MqttBytes.Text("a")]),
        MqttBytes.Packet(0x10, [.. MqttBytes.Text("MQTT"), 77, 2, 0, 60, .. MqttBytes.Text("a")]),
        MqttBytes.Packet(0x10, [.. MqttBytes.Text("MQTT"), 4, 3, 0, 60, .. MqttBytes.Text("a")]),
        MqttBytes.Packet(0x10, [.. MqttBytes.Text("MQTT"), 4, 0x1E, 0, 60, .. MqttBytes.Text("a"), .. MqttBytes.Text("t"), .. MqttBytes.Text("m")]),
        // A client id that leads past the end; one with a NUL in it; one that is no UTF-8.
        MqttBytes.Packet(0x10, [.. MqttBytes.Text("MQTT"), 4, 2, 0, 60, 0xFF, 0xFF, (byte)'a']),
        MqttBytes.Packet(0x10, [.. MqttBytes.Text("MQTT"), 4, 2, 0, 60, .. MqttBytes.Text("a\0b")]),
        MqttBytes.Packet(0x10, [.. MqttBytes.Text("MQTT"), 4, 2, 0, 60, 0, 2, 0xC0, 0x80]),
        // Everything but CONNECT first (3.1).
        MqttBytes.Publish("makapix/x", "x"u8),
        MqttBytes.Disconnect,
    ];

    /// <summary>After CONNECT.</summary>
    public static ImmutableArray<byte[]> Sessions { get; } =
    [
        MqttBytes.Connect("again"),
        [0x20, 0x02, 0x00, 0x00],
        [0x30, 0x00],
        [0x30, 0xFF, 0xFF, 0xFF, 0xFF, 0x01],
        // A topic longer than its packet; an empty one; one with wildcards; one with a NUL; 60,000 levels.
        MqttBytes.Packet(0x30, [0x40, 0x00, (byte)'a']),
        MqttBytes.Publish("", "x"u8),
        MqttBytes.Publish("makapix/+/#", "x"u8),
        MqttBytes.Publish("a\0b", "x"u8),
        MqttBytes.Publish(new string('/', 60_000), "x"u8),
        // QoS 3; packet id 0; an acknowledgement of nothing; PUBREL with the wrong flags.
        MqttBytes.Packet(0x36, [.. MqttBytes.Text("a"), 0, 1]),
        MqttBytes.Packet(0x32, [.. MqttBytes.Text("a"), 0, 0]),
        MqttBytes.Packet(0x40, [0x12, 0x34]),
        MqttBytes.Packet(0x60, [0, 1]),
        // SUBSCRIBE without a filter, with QoS 3, with 20,000 filters, with '#' in the middle.
        MqttBytes.Packet(0x82, [0, 1]),
        MqttBytes.Packet(0x82, [0, 1, .. MqttBytes.Text("a"), 3]),
        MqttBytes.Subscribe(1, Enumerable.Repeat("a/b", 20_000)),
        MqttBytes.Subscribe(1, ["a/#/b"]),
        MqttBytes.Packet(0xC0, [1, 2, 3]),
    ];
}
