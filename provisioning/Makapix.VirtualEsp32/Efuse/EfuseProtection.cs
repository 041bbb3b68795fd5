using System;

namespace Makapix.VirtualEsp32.Efuse;

/// <summary>What WR_DIS keeps from being burned and RD_DIS from being read.</summary>
internal static class EfuseProtection
{
    private const int ReadDisableShift = 16;
    private const uint WriteDisableMask = 0xFFFF;
    private const uint ReadDisableMask = 0xF;

    /// <summary>Clears the bits of <paramref name="values"/> that RD_DIS hides. Both hold the words of all blocks.</summary>
    public static void ClearHidden(ReadOnlySpan<uint> fuses, Span<uint> values)
    {
        var readDisable = (fuses[0] >> ReadDisableShift) & ReadDisableMask;
        foreach (var field in EfuseMap.All)
        {
            if (field.ReadDisableBit is { } bit && ((readDisable >> bit) & 1) != 0)
            {
                Clear(field, values);
            }
        }
    }

    /// <summary>Clears the bits of <paramref name="values"/> that WR_DIS guards. Both hold the words of all blocks.</summary>
    public static void ClearGuarded(ReadOnlySpan<uint> fuses, Span<uint> values)
    {
        var writeDisable = fuses[0] & WriteDisableMask;
        foreach (var field in EfuseMap.All)
        {
            if (field.WriteDisableBit is { } bit && ((writeDisable >> bit) & 1) != 0)
            {
                Clear(field, values);
            }
        }
    }

    private static void Clear(EfuseField field, Span<uint> values)
    {
        var first = (EfuseBlock.All[field.Block].FirstWord * 32) + field.FirstBit;
        for (var bit = first; bit < first + field.Length; bit++)
        {
            values[bit / 32] &= ~(1u << (bit % 32));
        }
    }
}
