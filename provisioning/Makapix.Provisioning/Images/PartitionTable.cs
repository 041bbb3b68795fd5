using System;
using System.Collections.Generic;
using System.Linq;

namespace Makapix.Provisioning.Images;

/// <summary>
/// A partition table of ESP-IDF: rows that keep the rules of <c>gen_esp32part.py</c> (ESP-IDF 5.5), from CSV or binary, and back to binary.
/// Instances are immutable and valid.
/// </summary>
public sealed partial class PartitionTable
{
    /// <summary>Where ESP-IDF puts the table by default (CONFIG_PARTITION_TABLE_OFFSET).</summary>
    public const uint DefaultOffset = 0x8000;

    /// <summary>Bytes of a binary table; the rest of its 4 KiB sector is kept for a signature.</summary>
    public const int Length = 0xC00;

    /// <summary>Rows that fit, besides the one with the MD5.</summary>
    public const int MaxEntries = (Length / RowLength) - 1;

    private const int RowLength = 32;
    internal const int MaxNameLength = 16;

    private PartitionTable(PartitionEntry[] entries, uint tableOffset, Func<int, string> where)
    {
        PartitionRules.Check(entries, tableOffset, where);
        Entries = Array.AsReadOnly(entries);
    }

    /// <summary>The rows, in the order of the table.</summary>
    public IReadOnlyList<PartitionEntry> Entries { get; }

    /// <summary>The first partition of that type and subtype, or null.</summary>
    public PartitionEntry? Find(byte type, byte subType) => Entries.FirstOrDefault(entry => entry.Type == type && entry.SubType == subType);

    /// <summary>Refuses a table that does not fit the flash.</summary>
    /// <param name="flashSize">Bytes of flash.</param>
    /// <exception cref="ImageException">022: a partition ends outside.</exception>
    public void RequireWithin(uint flashSize)
    {
        if (Entries.FirstOrDefault(entry => entry.End > flashSize) is { } entry)
        {
            throw new ImageException("022", $"partition '{entry.Name}' ends at 0x{entry.End:X}, outside the flash of 0x{flashSize:X} bytes.", "Use the partition table for this flash size.");
        }
    }
}
