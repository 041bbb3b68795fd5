using System;

namespace Makapix.VirtualEsp32.Efuse;

/// <summary>What WR_DIS keeps from being burned and RD_DIS from being read.</summary>
internal static class EfuseProtection
{
    /// <summary>Clears the bits of <paramref name="values"/> that RD_DIS hides. Both hold the words of all blocks.</summary>
    public static void ClearHidden(EfuseMap map, ReadOnlySpan<uint> fuses, Span<uint> values)
    {
        var readDisable = map.Number(fuses, map.Find("RD_DIS"));
        foreach (var field in map.Fields)
        {
            if (field.ReadDisableBit is { } bit && ((readDisable >> bit) & 1) != 0)
            {
                Clear(map, field, values);
            }
        }
    }

    /// <summary>Clears the bits of <paramref name="values"/> that WR_DIS guards. Both hold the words of all blocks.</summary>
    public static void ClearGuarded(EfuseMap map, ReadOnlySpan<uint> fuses, Span<uint> values)
    {
        var writeDisable = map.Number(fuses, map.Find("WR_DIS"));
        foreach (var field in map.Fields)
        {
            if (field.WriteDisableBit is { } bit && ((writeDisable >> bit) & 1) != 0)
            {
                Clear(map, field, values);
            }
        }
    }

    private static void Clear(EfuseMap map, EfuseField field, Span<uint> values)
    {
        var first = (map.Blocks[field.Block].FirstWord * 32) + field.FirstBit;
        for (var bit = first; bit < first + field.Length; bit++)
        {
            values[bit / 32] &= ~(1u << (bit % 32));
        }
    }
}
