using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using Makapix.Provisioning.Chips;
using Makapix.Provisioning.Chips.Profiles;
using Makapix.VirtualEsp32.Efuse;

namespace Makapix.PowerCuts;

/// <summary>What espefuse's summary says of a virtual chip, of those eFuses that the line reads.</summary>
internal static class BoardSummary
{
    private const int KeyBytes = 32;

    public static EfuseSummary Read(Board board) => EfuseSummaryReader.Read(Write(board));

    public static byte[] Write(Board board)
    {
        var efuses = board.Chip.Efuses;
        var chip = ChipProfiles.Esp32;
        var items = new Dictionary<string, object>
        {
            ["MAC"] = Item("MAC", $"{board.Mac} (CRC 0x00 OK)"),
            ["CODING_SCHEME"] = Item("CODING_SCHEME", "NONE (BLK1-3 len=256 bits)"),
        };
        foreach (var field in chip.Fields)
        {
            // A field of BLOCK0 that RD_DIS can hide is hidden with BLOCK3, which nothing here does.
            items[field.Name] = Item(field.Name, efuses.Read(field.Name));
        }

        foreach (var (name, block) in chip.KeyBlocks.Select(name => (name, Esp32Efuses.Map.Find(name))))
        {
            items[name] = Block(efuses, name, block);
        }

        return Encoding.UTF8.GetBytes("\n" + JsonSerializer.Serialize(items));
    }

    private static object Block(EfuseArray efuses, string name, Makapix.VirtualEsp32.Efuse.EfuseField block)
    {
        var readable = (efuses.Read(ChipProfile.ReadDisable) >> block.ReadDisableBit!.Value & 1) == 0;
        var writeable = (efuses.Read(ChipProfile.WriteDisable) >> block.WriteDisableBit!.Value & 1) == 0;
        Span<byte> content = stackalloc byte[KeyBytes];
        efuses.ReadBlock(block.Block, content);
        var text = string.Join(' ', content.ToArray().Select(b => readable ? b.ToString("x2", null) : "??"));
        return Item(name, text, readable, writeable, block.Block);
    }

    private static object Item(string name, object value, bool readable = true, bool writeable = true, int block = 0) =>
        new { name, value, readable, writeable, block, category = "security", word = (int?)null };
}
