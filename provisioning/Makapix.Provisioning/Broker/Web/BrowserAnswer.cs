using System;
using System.Collections.Generic;
using System.Text;

namespace Makapix.Provisioning.Broker.Web;

/// <summary>Packets to a browser.</summary>
internal static class BrowserAnswer
{
    /// <summary>CONNACK's return codes (MQTT 3.1.1, 3.2.2.3).</summary>
    public const byte Accepted = 0;

    public const byte Unavailable = 3;

    public const byte NotAuthorized = 5;

    /// <summary>A filter that is refused.</summary>
    public const byte Refused = 0x80;

    public static byte[] Pong { get; } = [0xD0, 0];

    public static byte[] Connack(byte code) => [0x20, 2, 0, code];

    public static byte[] Suback(int id, IReadOnlyCollection<byte> grants) => [0x90, (byte)(2 + grants.Count), (byte)(id >> 8), (byte)id, .. grants];

    public static byte[] Unsuback(int id) => [0xB0, 2, (byte)(id >> 8), (byte)id];

    /// <summary>PUBLISH, QoS 0.</summary>
    public static byte[] Publish(string topic, ReadOnlySpan<byte> payload, bool retain)
    {
        var name = Encoding.UTF8.GetBytes(topic);
        var length = 2 + name.Length + payload.Length;
        var packet = new List<byte>(length + 5) { (byte)(0x30 | (retain ? 1 : 0)) };
        for (; length >= 0x80; length >>= 7)
        {
            packet.Add((byte)(length | 0x80));
        }

        return [.. packet, (byte)length, (byte)(name.Length >> 8), (byte)name.Length, .. name, .. payload];
    }
}
