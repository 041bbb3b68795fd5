using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Makapix.Provisioning.Images;

public sealed partial class PartitionTable
{
    private const int Columns = 6;

    /// <summary>
    /// Reads Espressif's CSV: <c># comments</c>; name, type, subtype, offset, size, flags; numbers decimal or 0x…, with K or M;
    /// types and subtypes by name or number; an empty offset is placed behind the row before; flags parted by colons.
    /// </summary>
    /// <param name="csv">The text. Not supported, and refused: variables (<c>$NAME</c>) and negative sizes.</param>
    /// <param name="tableOffset">Flash address of the table: partitions lie behind its sector.</param>
    /// <exception cref="ImageException">Code 010…021, 029; the text names the line.</exception>
    public static PartitionTable ParseCsv(string csv, uint tableOffset = DefaultOffset)
    {
        ArgumentNullException.ThrowIfNull(csv);
        var entries = new List<PartitionEntry>();
        var lines = new List<int>();
        ulong end = tableOffset + PartitionRules.SectorLength;
        var number = 0;
        foreach (var line in csv.EnumerateLines())
        {
            number++;
            var text = line.Trim();
            if (text.IsEmpty || text[0] == '#')
            {
                continue;
            }

            var entry = ParseLine(text.ToString(), number, end);
            if (entry.Offset < end)
            {
                throw BadLine("018", number, $"offset 0x{entry.Offset:X} lies before 0x{end:X}, where the row before it ends", "Sort the rows by offset, and leave no overlap");
            }

            entries.Add(entry);
            lines.Add(number);
            end = entry.End;
        }

        return new PartitionTable([.. entries], tableOffset, index => $"line {lines[index]}");
    }

    private static PartitionEntry ParseLine(string text, int number, ulong end)
    {
        var fields = text.Split(',', StringSplitOptions.TrimEntries);
        if (fields.Length < Columns - 1 || fields.Skip(Columns).Any(field => field.Length > 0))
        {
            throw BadLine("010", number, $"{fields.Length} fields, not the {Columns} of name, type, subtype, offset, size, flags", "Write all of them; offset, subtype of data, and flags may be empty");
        }

        if (text.Contains('$'))
        {
            throw BadLine("010", number, "a variable", "Write the value itself");
        }

        var type = PartitionNames.ParseType(fields[1]) ?? throw BadLine("012", number, $"unknown type '{fields[1]}'", "Use app, data or a number from 0 to 0xFE");
        var subType = PartitionNames.ParseSubType(type, fields[2])
            ?? throw BadLine("013", number, $"unknown subtype '{fields[2]}'", "Use a name of ESP-IDF for that type, or a number from 0 to 0xFE");
        var offset = fields[3].Length == 0 ? Place(end, type) : ParseNumber(fields[3], number);
        if (fields[4].Length == 0)
        {
            throw BadLine("015", number, "no size", "Write the size in bytes, K or M");
        }

        var flags = PartitionFlags.None;
        foreach (var flag in fields.ElementAtOrDefault(Columns - 1)?.Split(':', StringSplitOptions.RemoveEmptyEntries) ?? [])
        {
            flags |= PartitionNames.ParseFlag(flag) ?? throw BadLine("016", number, $"unknown flag '{flag}'", "Use encrypted, readonly or both with a colon between");
        }

        return new PartitionEntry(fields[0], type, subType, offset, ParseNumber(fields[4], number), flags);
    }

    private static uint Place(ulong end, byte type)
    {
        ulong alignment = PartitionRules.AlignmentOf(type);
        return (uint)Math.Min((end + alignment - 1) / alignment * alignment, uint.MaxValue);
    }

    private static uint ParseNumber(string text, int number)
    {
        var unit = text[^1] switch { 'k' or 'K' => 1024u, 'm' or 'M' => 1024u * 1024, _ => 1u };
        var digits = unit == 1 ? text : text[..^1];
        var parsed = digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            ? uint.TryParse(digits.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            : uint.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out value);
        return parsed && (ulong)value * unit <= uint.MaxValue
            ? value * unit
            : throw BadLine("014", number, $"'{text}' is no number of at most 32 bits", "Write it decimal or as 0x…, with K or M if you like");
    }

    private static ImageException BadLine(string code, int number, string what, string nextStep) =>
        new(code, $"partition table, line {number}: {what}.", $"{nextStep}.");
}
