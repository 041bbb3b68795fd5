using System;
using System.Numerics;

namespace Makapix.VirtualEsp32.Flash;

/// <summary>What the flash says about itself: a Winbond W25Q32JV, 32 Mbit.</summary>
internal static class FlashIdentity
{
    /// <summary>RDID (0x9F): manufacturer, memory type, capacity as a power of two.</summary>
    /// <param name="size">The capacity, in bytes.</param>
    public static byte[] Jedec(int size) => [0xEF, 0x40, (byte)BitOperations.Log2((uint)size)];

    /// <summary>The SFDP area (JESD216): header, one parameter header, and the basic flash parameter table at 0x10.</summary>
    public static ReadOnlySpan<byte> Sfdp =>
    [
        (byte)'S', (byte)'F', (byte)'D', (byte)'P', 0x00, 0x01, 0x00, 0xFF,
        0x00, 0x00, 0x01, 0x09, 0x10, 0x00, 0x00, 0xFF,
        0xE5, 0x20, 0xF1, 0xFF, // 4 KB erase by 0x20, 3-byte addresses, dual and quad reads
        0xFF, 0xFF, 0xFF, 0x01, // density: 32 Mbit - 1
        0x44, 0xEB, 0x08, 0x6B,
        0x08, 0x3B, 0x42, 0xBB,
        0xFE, 0xFF, 0xFF, 0xFF,
        0xFF, 0xFF, 0x00, 0x00,
        0xFF, 0xFF, 0x40, 0xEB,
        0x0C, 0x20, 0x0F, 0x52, // erase 4 KB by 0x20, 32 KB by 0x52
        0x10, 0xD8, 0x00, 0x00, // erase 64 KB by 0xD8
    ];
}
