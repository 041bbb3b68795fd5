using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Text;

namespace Makapix.Provisioning.Images;

public sealed partial class PartitionTable
{
    private const ushort RowMagic = 0x50AA;
    private const ushort Md5Magic = 0xEBEB;
    private const int Md5Offset = 16;

    /// <summary>Reads a binary table: rows <c>&lt;2sBBLL16sL</c>, the MD5 row, 0xFF to the end.</summary>
    /// <param name="bytes">At least <see cref="Length"/> bytes; what follows these (a signature) is not looked at.</param>
    /// <param name="tableOffset">Flash address of the table.</param>
    /// <exception cref="ImageException">Code 023…028 for damage, 017…021, 029 for broken rules; the text names the row.</exception>
    public static PartitionTable Parse(ReadOnlySpan<byte> bytes, uint tableOffset = DefaultOffset)
    {
        if (bytes.Length < Length)
        {
            throw Damaged("023", $"has {bytes.Length} bytes, not the {Length} of a whole one");
        }

        var entries = new List<PartitionEntry>();
        for (var at = 0; at < Length; at += RowLength)
        {
            var row = bytes.Slice(at, RowLength);
            switch (BinaryPrimitives.ReadUInt16LittleEndian(row))
            {
                case RowMagic:
                    entries.Add(ParseRow(row, entries.Count));
                    break;
                case Md5Magic:
                    CheckEnd(bytes[..Length], at);
                    return new PartitionTable([.. entries], tableOffset, index => $"row {index + 1}");
                case 0xFFFF:
                    throw Damaged("026", "ends without its MD5 row");
                default:
                    throw Damaged("024", $"has no partition magic in row {entries.Count + 1}");
            }
        }

        throw Damaged("026", "ends without its MD5 row");
    }

    /// <summary>The binary table: <see cref="Length"/> bytes with MD5 row, padded with 0xFF, as <c>gen_esp32part.py</c> writes it.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[Length];
        bytes.AsSpan().Fill(0xFF);
        var at = 0;
        foreach (var entry in Entries)
        {
            var row = bytes.AsSpan(at, RowLength);
            row.Clear();
            BinaryPrimitives.WriteUInt16LittleEndian(row, RowMagic);
            row[2] = entry.Type;
            row[3] = entry.SubType;
            BinaryPrimitives.WriteUInt32LittleEndian(row[4..], entry.Offset);
            BinaryPrimitives.WriteUInt32LittleEndian(row[8..], entry.Size);
            Encoding.ASCII.GetBytes(entry.Name, row[12..]);
            BinaryPrimitives.WriteUInt32LittleEndian(row[28..], (uint)entry.Flags);
            at += RowLength;
        }

        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(at), Md5Magic);
        Md5(bytes.AsSpan(0, at)).CopyTo(bytes, at + Md5Offset);
        return bytes;
    }

    private static PartitionEntry ParseRow(ReadOnlySpan<byte> row, int index)
    {
        var label = row.Slice(12, MaxNameLength);
        var end = label.IndexOf((byte)0);
        var name = end < 0 ? label : label[..end];
        if (label[name.Length..].ContainsAnyExcept((byte)0))
        {
            throw Damaged("028", $"has bytes behind the end of the label in row {index + 1}");
        }

        // Latin-1, so that no byte is lost before the rules see it: they allow ASCII alone.
        return new PartitionEntry(
            Encoding.Latin1.GetString(name),
            row[2],
            row[3],
            BinaryPrimitives.ReadUInt32LittleEndian(row[4..]),
            BinaryPrimitives.ReadUInt32LittleEndian(row[8..]),
            (PartitionFlags)BinaryPrimitives.ReadUInt32LittleEndian(row[28..]));
    }

    private static void CheckEnd(ReadOnlySpan<byte> table, int at)
    {
        if (!table.Slice(at + Md5Offset, MD5.HashSizeInBytes).SequenceEqual(Md5(table[..at])))
        {
            throw Damaged("025", "does not match its MD5");
        }

        if (table[(at + 2)..(at + Md5Offset)].ContainsAnyExcept((byte)0xFF) || table[(at + RowLength)..].ContainsAnyExcept((byte)0xFF))
        {
            throw Damaged("027", "goes on behind its MD5 row");
        }
    }

    // MD5 is what the format says (gen_esp32part.py): it finds damage, and is trusted for nothing more.
#pragma warning disable CA5351
    private static byte[] Md5(ReadOnlySpan<byte> rows) => MD5.HashData(rows);
#pragma warning restore CA5351

    private static ImageException Damaged(string number, string what) =>
        new(number, $"the partition table {what}.", "It is damaged, or encrypted with another key: make it anew from its CSV.");
}
