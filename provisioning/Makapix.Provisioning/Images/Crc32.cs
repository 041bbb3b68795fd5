using System;

namespace Makapix.Provisioning.Images;

/// <summary>The two CRC-32 of this area: the same polynomial, 0x04C11DB7, run in opposite directions. Both find damage, and nothing more.</summary>
internal static class Crc32
{
    private const uint Polynomial = 0x04C11DB7;
    private const uint ReflectedPolynomial = 0xEDB88320;

    private static readonly uint[] Forward = Table(n => n << 24, value => (value << 1) ^ ((value >> 31) * Polynomial));
    private static readonly uint[] Reflected = Table(n => n, value => (value >> 1) ^ ((value & 1) * ReflectedPolynomial));

    /// <summary>nanoCLR's (SUPPORT_ComputeCRC): most significant bit first, initial value 0, no final XOR.</summary>
    public static uint NanoClr(ReadOnlySpan<byte> data)
    {
        var crc = 0u;
        foreach (var value in data)
        {
            crc = (crc << 8) ^ Forward[(crc >> 24) ^ value];
        }

        return crc;
    }

    /// <summary>CRC-32/ISO-HDLC, which zlib and PNG use.</summary>
    public static uint IsoHdlc(ReadOnlySpan<byte> data)
    {
        var crc = ~0u;
        foreach (var value in data)
        {
            crc = (crc >> 8) ^ Reflected[(byte)crc ^ value];
        }

        return ~crc;
    }

    private static uint[] Table(Func<uint, uint> start, Func<uint, uint> step)
    {
        var table = new uint[256];
        for (var n = 0u; n < table.Length; n++)
        {
            table[n] = start(n);
            for (var bit = 0; bit < 8; bit++)
            {
                table[n] = step(table[n]);
            }
        }

        return table;
    }
}
