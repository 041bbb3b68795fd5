using System.Collections.Immutable;

namespace Makapix.VirtualEsp32.Efuse;

/// <summary>One eFuse block and where the controller shows it (ESP32 TRM, eFuse Controller, register summary).</summary>
/// <param name="Index">0 … 3.</param>
/// <param name="ReadOffset">Offset of its first read register, in bytes.</param>
/// <param name="WriteOffset">Offset of its first write register, in bytes.</param>
/// <param name="Words">Length in 32-bit words.</param>
/// <param name="FirstWord">Index of its first word among the words of all blocks.</param>
internal sealed record EfuseBlock(int Index, uint ReadOffset, uint WriteOffset, int Words, int FirstWord)
{
    /// <summary>Words of all blocks together.</summary>
    public const int TotalWords = 31;

    public static ImmutableArray<EfuseBlock> All { get; } =
    [
        new(0, 0x000, 0x01C, 7, 0),
        new(1, 0x038, 0x098, 8, 7),
        new(2, 0x058, 0x0B8, 8, 15),
        new(3, 0x078, 0x0D8, 8, 23),
    ];
}
