using System;
using System.Collections.Generic;
using System.Linq;

namespace Makapix.Provisioning.Images;

/// <summary>What a table must keep whatever it was read from (gen_esp32part.py <c>verify</c>, ESP-IDF 5.5).</summary>
internal static class PartitionRules
{
    public const uint SectorLength = 0x1000;
    private const uint AppAlignment = 0x10000;
    private const uint OtaDataLength = 0x2000;
    private const uint MinWritableNvsLength = 0x3000;

    public static uint AlignmentOf(byte type) => type == PartitionType.App ? AppAlignment : SectorLength;

    /// <param name="entries">The rows.</param>
    /// <param name="tableOffset">Flash address of the table.</param>
    /// <param name="where">How a reader finds row n: "line 7".</param>
    /// <exception cref="ImageException">A rule is broken.</exception>
    public static void Check(IReadOnlyList<PartitionEntry> entries, uint tableOffset, Func<int, string> where)
    {
        if (entries.Count is 0 or > PartitionTable.MaxEntries)
        {
            throw new ImageException("029", $"the partition table has {entries.Count} partitions, not 1 to {PartitionTable.MaxEntries}.", "Check that it is the file you meant.");
        }

        for (var i = 0; i < entries.Count; i++)
        {
            CheckEntry(entries[i], where(i));
        }

        CheckTogether(entries, tableOffset, where);
    }

    private static void CheckEntry(PartitionEntry entry, string where)
    {
        if (entry.Name.Length is 0 or > PartitionTable.MaxNameLength || entry.Name.Any(c => c is < ' ' or > '~'))
        {
            throw Broken("011", where, $"a name must have 1 to {PartitionTable.MaxNameLength} printable ASCII characters", "Give it another name");
        }

        if (entry.Size == 0)
        {
            throw Broken("015", where, $"partition '{entry.Name}' has size 0", "Give it a size");
        }

        if ((entry.Flags & ~(PartitionFlags.Encrypted | PartitionFlags.ReadOnly)) != 0)
        {
            throw Broken("016", where, $"partition '{entry.Name}' has unknown flags 0x{(uint)entry.Flags:X}", "Use encrypted and readonly only");
        }

        if (entry.Offset % AlignmentOf(entry.Type) != 0)
        {
            throw Broken("017", where, $"offset 0x{entry.Offset:X} of '{entry.Name}' is not a multiple of 0x{AlignmentOf(entry.Type):X}", "Move it, or leave the offset empty");
        }

        if (entry.Type == PartitionType.App && entry.Size % SectorLength != 0)
        {
            throw Broken("017", where, $"size 0x{entry.Size:X} of '{entry.Name}' is not a multiple of 0x{SectorLength:X}", "Round it up");
        }

        if (entry.End > uint.MaxValue)
        {
            throw Broken("018", where, $"partition '{entry.Name}' ends beyond 32 bits", "Check offset and size");
        }

        if (entry.Type == PartitionType.Data)
        {
            CheckData(entry, where);
        }
    }

    private static void CheckData(PartitionEntry entry, string where)
    {
        var readOnly = entry.Flags.HasFlag(PartitionFlags.ReadOnly);
        if (readOnly && entry.SubType is PartitionSubType.DataOta or PartitionSubType.DataCoreDump)
        {
            throw Broken("021", where, $"partition '{entry.Name}' is always written to, so it cannot be readonly", "Remove the flag");
        }

        if (entry.SubType == PartitionSubType.DataOta && entry.Size != OtaDataLength)
        {
            throw Broken("021", where, $"otadata '{entry.Name}' has 0x{entry.Size:X} bytes, not 0x{OtaDataLength:X}", "Correct its size");
        }

        if (entry.SubType == PartitionSubType.DataNvs && !readOnly && entry.Size < MinWritableNvsLength)
        {
            throw Broken("021", where, $"NVS '{entry.Name}' has fewer than 0x{MinWritableNvsLength:X} bytes and is not readonly", "Enlarge it");
        }
    }

    private static void CheckTogether(IReadOnlyList<PartitionEntry> entries, uint tableOffset, Func<int, string> where)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var otaData = 0;
        for (var i = 0; i < entries.Count; i++)
        {
            if (!names.Add(entries[i].Name))
            {
                throw Broken("019", where(i), $"the name '{entries[i].Name}' is there already", "Give every partition a name of its own");
            }

            if (entries[i] is { Type: PartitionType.Data, SubType: PartitionSubType.DataOta } && ++otaData > 1)
            {
                throw Broken("021", where(i), "there is an otadata partition already", "Keep one");
            }
        }

        var end = (ulong)tableOffset + SectorLength;
        var before = "the partition table";
        foreach (var (i, entry) in entries.Index().OrderBy(indexed => indexed.Item.Offset))
        {
            if (entry.Offset < end)
            {
                throw Broken("018", where(i), $"partition '{entry.Name}' at 0x{entry.Offset:X} overlaps {before}, which ends at 0x{end:X}", "Move or shrink one of them");
            }

            (end, before) = (entry.End, $"'{entry.Name}'");
        }
    }

    private static ImageException Broken(string number, string where, string what, string nextStep) =>
        new(number, $"partition table, {where}: {what}.", $"{nextStep}.");
}
