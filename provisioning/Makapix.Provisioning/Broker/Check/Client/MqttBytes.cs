using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace Makapix.Provisioning.Broker.Check;

/// <summary>MQTT packets as an attacker puts them together: whatever he likes, and no limit on any length (MQTT 3.1.1 and 5).</summary>
internal static class MqttBytes
{
    /// <summary>Length of a CONNACK of MQTT 3.1.1.</summary>
    public const int ConnackBytes = 4;

    private const byte Version311 = 4;
    private const byte Version5 = 5;

    /// <summary>DISCONNECT.</summary>
    public static byte[] Disconnect { get; } = [0xE0, 0];

    /// <summary>CONNECT of MQTT 3.1.1.</summary>
    public static byte[] Connect(string clientId, int keepAlive = 60, bool clean = true) =>
        Packet(0x10, [.. Text("MQTT"), Version311, (byte)(clean ? 2 : 0), .. Number(keepAlive), .. Text(clientId)]);

    /// <summary>CONNECT of MQTT 5.</summary>
    /// <param name="clientId">Client id.</param>
    /// <param name="properties">Without their length.</param>
    /// <param name="keepAlive">Seconds.</param>
    public static byte[] Connect5(string clientId, byte[] properties, int keepAlive = 60) =>
        Packet(0x10, [.. Text("MQTT"), Version5, 2, .. Number(keepAlive), .. Length(properties.Length), .. properties, .. Text(clientId)]);

    /// <summary>PUBLISH of MQTT 3.1.1, QoS 0 without <paramref name="id"/>, else QoS 1.</summary>
    public static byte[] Publish(string topic, ReadOnlySpan<byte> payload, ushort? id = null, bool retain = false) =>
        Packet((byte)(0x30 | (id is null ? 0 : 2) | (retain ? 1 : 0)), [.. Text(topic), .. id is { } number ? Number(number) : [], .. payload]);

    /// <summary>PUBLISH of MQTT 5, QoS 0.</summary>
    public static byte[] Publish5(string topic, byte[] properties) => Packet(0x30, [.. Text(topic), .. Length(properties.Length), .. properties]);

    /// <summary>SUBSCRIBE of MQTT 3.1.1, QoS 1 each.</summary>
    public static byte[] Subscribe(ushort id, IEnumerable<string> filters) => Packet(0x82, [.. Number(id), .. filters.SelectMany(filter => (byte[])[.. Text(filter), 1])]);

    /// <summary>A fixed header, and what follows it.</summary>
    public static byte[] Packet(byte first, ReadOnlySpan<byte> rest) => [first, .. Length(rest.Length), .. rest];

    /// <summary>A UTF-8 string with its length before it (1.5.3).</summary>
    public static byte[] Text(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return [.. Number(bytes.Length), .. bytes];
    }

    /// <summary>Two bytes, the higher first.</summary>
    public static byte[] Number(int value)
    {
        var bytes = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, checked((ushort)value));
        return bytes;
    }

    /// <summary>A variable byte integer (2.2.3).</summary>
    public static byte[] Length(int value)
    {
        var bytes = new List<byte>();
        do
        {
            var rest = value >> 7;
            bytes.Add((byte)(value & 0x7F | (rest > 0 ? 0x80 : 0)));
            value = rest;
        }
        while (value > 0);
        return [.. bytes];
    }
}
