using System;
using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Makapix.VirtualEsp32;

/// <summary>A unicast IEEE 802 address, as Espressif burns one into every chip.</summary>
public readonly record struct MacAddress
{
    private const int Length = 6;
    private const byte GroupBit = 0x01;

    /// <summary>24:0A:C4, one of Espressif's own blocks.</summary>
    private const ulong EspressifOui = 0x240AC4;

    private readonly ulong _value;

    internal MacAddress(ulong value) => _value = value;

    /// <summary>The six bytes in the order they are written in, as the low 48 bits.</summary>
    internal ulong Value => _value;

    /// <summary>The CRC that stands beside the address in BLOCK0: CRC-8 with the reflected polynomial 0x8C, from 0.</summary>
    internal byte Crc
    {
        get
        {
            byte crc = 0;
            for (var shift = 40; shift >= 0; shift -= 8)
            {
                crc ^= (byte)(_value >> shift);
                for (var bit = 0; bit < 8; bit++)
                {
                    crc = (byte)((crc & 1) != 0 ? (crc >> 1) ^ 0x8C : crc >> 1);
                }
            }

            return crc;
        }
    }

    /// <summary>Reads <c>24:0a:c4:01:02:03</c>; case does not matter, <c>-</c> may stand for <c>:</c>.</summary>
    /// <exception cref="VirtualChipException">020: not an address; 021: a group address, which no chip has.</exception>
    public static MacAddress Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = text.Split(':', '-');
        ulong value = 0;
        foreach (var part in parts)
        {
            if (parts.Length != Length || part.Length != 2 || !byte.TryParse(part, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var octet))
            {
                throw new VirtualChipException("020", $"'{text}' is not a MAC address.", "Give six bytes in hexadecimal, such as 24:0a:c4:01:02:03.");
            }

            value = (value << 8) | octet;
        }

        return ((value >> 40) & GroupBit) == 0
            ? new MacAddress(value)
            : throw new VirtualChipException("021", $"{text} is a group address: bit 0 of its first byte is set.", "Give a unicast address, such as 24:0a:c4:01:02:03.");
    }

    /// <summary>An address in Espressif's block that no other virtual chip is likely to have.</summary>
    public static MacAddress CreateRandom()
    {
        Span<byte> bytes = stackalloc byte[4];
        RandomNumberGenerator.Fill(bytes[1..]);
        return new MacAddress((EspressifOui << 24) | BinaryPrimitives.ReadUInt32BigEndian(bytes));
    }

    /// <summary><c>24:0a:c4:01:02:03</c>.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, _value);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{bytes[2]:x2}:{bytes[3]:x2}:{bytes[4]:x2}:{bytes[5]:x2}:{bytes[6]:x2}:{bytes[7]:x2}");
    }
}
