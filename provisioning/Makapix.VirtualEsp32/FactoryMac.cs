using System;
using System.Buffers.Binary;
using System.Security.Cryptography;
using Makapix.Provisioning.Chips;

namespace Makapix.VirtualEsp32;

/// <summary>The address that the factory burns into a chip: unicast, and guarded by a CRC.</summary>
public static class FactoryMac
{
    private const ulong GroupBit = 1ul << 40;

    /// <summary>24:0A:C4, one of Espressif's own blocks.</summary>
    private const ulong EspressifOui = 0x240AC4;

    /// <summary>Reads <c>24:0a:c4:01:02:03</c>; case does not matter, <c>-</c> may stand for <c>:</c>.</summary>
    /// <exception cref="VirtualChipException">020: not an address; 021: a group address, which no chip has.</exception>
    public static MacAddress Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!MacAddress.TryParse(text.Replace('-', ':'), out var mac))
        {
            throw new VirtualChipException("020", $"'{text}' is not a MAC address.", "Give six bytes in hexadecimal, such as 24:0a:c4:01:02:03.");
        }

        return (mac.Value & GroupBit) == 0
            ? mac
            : throw new VirtualChipException("021", $"{text} is a group address: bit 0 of its first byte is set.", "Give a unicast address, such as 24:0a:c4:01:02:03.");
    }

    /// <summary>An address in Espressif's block that no other virtual chip is likely to have.</summary>
    public static MacAddress CreateRandom()
    {
        Span<byte> bytes = stackalloc byte[4];
        RandomNumberGenerator.Fill(bytes[1..]);
        return new MacAddress((EspressifOui << 24) | BinaryPrimitives.ReadUInt32BigEndian(bytes));
    }

    /// <summary>What stands beside the address in BLOCK0: CRC-8 with the reflected polynomial 0x8C, from 0.</summary>
    internal static byte Crc(MacAddress mac)
    {
        byte crc = 0;
        for (var shift = 40; shift >= 0; shift -= 8)
        {
            crc ^= (byte)(mac.Value >> shift);
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (byte)((crc & 1) != 0 ? (crc >> 1) ^ 0x8C : crc >> 1);
            }
        }

        return crc;
    }
}
