using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace Makapix.Mqtt.Tests.Engine;

/// <summary>What a server sends, byte by byte from the specification; nothing of the code under test.</summary>
internal static class Wire
{
    public static byte[] Connack(int flags = 0, int code = 0) => [0x20, 2, (byte)flags, (byte)code];

    public static byte[] Puback(int id) => [0x40, 2, (byte)(id >> 8), (byte)id];

    public static byte[] Suback(int id, params byte[] codes) => Packet(0x90, [(byte)(id >> 8), (byte)id, .. codes]);

    public static byte[] Unsuback(int id) => [0xB0, 2, (byte)(id >> 8), (byte)id];

    public static byte[] Pingresp() => [0xD0, 0];

    public static byte[] Publish(string topic, byte[] payload, int id = 0, bool retain = false, bool duplicate = false) =>
        Publish(Encoding.UTF8.GetBytes(topic), payload, id, retain, duplicate);

    public static byte[] Publish(byte[] topic, byte[] payload, int id = 0, bool retain = false, bool duplicate = false)
    {
        byte[] identifier = id == 0 ? [] : [(byte)(id >> 8), (byte)id];
        return Packet((byte)(0x30 | (duplicate ? 8 : 0) | (id == 0 ? 0 : 2) | (retain ? 1 : 0)), [(byte)(topic.Length >> 8), (byte)topic.Length, .. topic, .. identifier, .. payload]);
    }

    public static byte[] Packet(byte header, byte[] body) => [header, .. Length(body.Length), .. body];

    /// <summary>The remaining length as 2.2.3 writes it.</summary>
    public static byte[] Length(int length)
    {
        var bytes = new List<byte>();
        do
        {
            bytes.Add((byte)((length % 128) | (length >= 128 ? 0x80 : 0)));
            length /= 128;
        }
        while (length > 0);
        return [.. bytes];
    }

    public static byte[] Join(params byte[][] parts) => [.. parts.SelectMany(part => part)];
}
