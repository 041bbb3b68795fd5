using System;
using System.Buffers.Binary;

namespace Makapix.Provisioning.Broker.Check;

/// <summary>What a CONNACK of MQTT 5 says about the keep-alive (MQTT 5, 3.2.2.3).</summary>
internal static class Connack5
{
    private const byte ServerKeepAliveId = 0x13;
    private const int FirstProperty = 3;

    /// <param name="rest">What follows the fixed header: flags, reason, properties with their length before them.</param>
    /// <returns>Seconds that the broker keeps to in place of what was asked for; null if it takes that.</returns>
    public static int? ServerKeepAlive(ReadOnlySpan<byte> rest)
    {
        for (var at = FirstProperty; at + 2 < rest.Length; at += 1 + ValueBytes(rest[at..]))
        {
            if (rest[at] == ServerKeepAliveId)
            {
                return BinaryPrimitives.ReadUInt16BigEndian(rest[(at + 1)..]);
            }
        }

        return null;
    }

    // By their ids, 2.2.2.2. A broker that sends others sends nothing that we would find behind them.
    private static int ValueBytes(ReadOnlySpan<byte> property) => property[0] switch
    {
        0x24 or 0x25 or 0x28 or 0x29 or 0x2A => 1,
        0x13 or 0x21 or 0x22 => 2,
        0x11 or 0x27 => 4,
        0x12 or 0x1A or 0x1C or 0x1F or 0x15 or 0x16 => 2 + BinaryPrimitives.ReadUInt16BigEndian(property[1..]),
        _ => property.Length,
    };
}
