using System;
using System.Buffers.Binary;
using System.Text;

namespace Makapix.Provisioning.Images;

/// <summary>
/// What the header of a nanoFramework assembly (<c>.pe</c>, generation v1, <c>NFMRK1</c>) says, its two CRCs verified as nanoCLR does
/// before it loads one (nf-interpreter, <c>nanoCLR_Types.h</c>, CLR_RECORD_ASSEMBLY).
/// </summary>
/// <param name="Name">Assembly name.</param>
/// <param name="Version">Assembly version.</param>
/// <param name="Length">Bytes of the assembly, header included.</param>
/// <param name="NativeMethodsChecksum">0: all managed; else the checksum that the firmware's native half must have.</param>
public sealed record PeFile(string Name, Version Version, int Length, uint NativeMethodsChecksum)
{
    internal const int HeaderLength = 124;
    private const int HeaderCrcOffset = 8;
    private const int AssemblyCrcOffset = 12;
    private const int NativeChecksumOffset = 20;
    private const int VersionOffset = 28;
    private const int NameOffset = 36;
    private const int StringsStartOffset = 84;
    private const int SignaturesStartOffset = 88;
    private const int TotalLengthOffset = 100;
    private const int MaxNameLength = 256;

    // Indexes from here on point into nanoCLR's own table of frequent strings ("mscorlib" is one), which no file carries.
    private const ushort FirstBuiltInString = 0x8000;

    private static ReadOnlySpan<byte> Marker => "NFMRK1\0\0"u8;

    /// <summary>Verifies one assembly.</summary>
    /// <param name="bytes">The assembly, and whatever follows it.</param>
    /// <param name="what">What it is, for the message: a file name, or "deploy at 0x1C".</param>
    /// <exception cref="ImageException">040: cut short. 041: no v1 assembly. 042: header CRC. 043: impossible length. 044: body CRC. 045: bad name.</exception>
    public static PeFile Parse(ReadOnlySpan<byte> bytes, string what)
    {
        if (bytes.Length < HeaderLength)
        {
            throw Bad("040", what, $"has {bytes.Length} bytes, fewer than the header of an assembly");
        }

        if (!HasMarker(bytes))
        {
            throw Bad("041", what, "does not begin with NFMRK1: it is no nanoFramework v1 assembly");
        }

        if (HeaderCrc(bytes) != BinaryPrimitives.ReadUInt32LittleEndian(bytes[HeaderCrcOffset..]))
        {
            throw Bad("042", what, "does not match the CRC of its header");
        }

        var length = BinaryPrimitives.ReadUInt32LittleEndian(bytes[TotalLengthOffset..]);
        if (length < HeaderLength || length > (uint)bytes.Length)
        {
            throw Bad(length < HeaderLength ? "043" : "040", what, $"says it has {length} bytes, but {bytes.Length} are there");
        }

        var assembly = bytes[..(int)length];
        if (Crc32.NanoClr(assembly[HeaderLength..]) != BinaryPrimitives.ReadUInt32LittleEndian(bytes[AssemblyCrcOffset..]))
        {
            throw Bad("044", what, "does not match the CRC of its body");
        }

        return new PeFile(ReadName(assembly, what), ReadVersion(assembly), (int)length, BinaryPrimitives.ReadUInt32LittleEndian(bytes[NativeChecksumOffset..]));
    }

    /// <summary>Whether nanoCLR would take this for the start of an assembly.</summary>
    internal static bool HasMarker(ReadOnlySpan<byte> bytes) => bytes.StartsWith(Marker);

    /// <summary>The signature table of a verified assembly: where constant data lies.</summary>
    internal static Range SignatureTable(ReadOnlySpan<byte> assembly) => TableAt(assembly, SignaturesStartOffset);

    /// <summary>Makes both CRCs right again, the body's first: the header's covers it.</summary>
    internal static void Seal(Span<byte> assembly)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(assembly[AssemblyCrcOffset..], Crc32.NanoClr(assembly[HeaderLength..]));
        BinaryPrimitives.WriteUInt32LittleEndian(assembly[HeaderCrcOffset..], HeaderCrc(assembly));
    }

    private static uint HeaderCrc(ReadOnlySpan<byte> bytes)
    {
        Span<byte> header = stackalloc byte[HeaderLength];
        bytes[..HeaderLength].CopyTo(header);
        header.Slice(HeaderCrcOffset, sizeof(uint)).Clear();
        return Crc32.NanoClr(header);
    }

    private static string ReadName(ReadOnlySpan<byte> assembly, string what)
    {
        var index = BinaryPrimitives.ReadUInt16LittleEndian(assembly[NameOffset..]);
        if (index >= FirstBuiltInString)
        {
            return $"(built-in string 0x{index:X4})";
        }

        var strings = assembly[TableAt(assembly, StringsStartOffset)];
        var name = index < strings.Length ? strings[index..] : [];
        var length = name[..Math.Min(name.Length, MaxNameLength)].IndexOf((byte)0);
        return length > 0 && !name[..length].ContainsAnyExceptInRange((byte)' ', (byte)'~')
            ? Encoding.ASCII.GetString(name[..length])
            : throw Bad("045", what, "has no readable name");
    }

    private static Version ReadVersion(ReadOnlySpan<byte> assembly)
    {
        var version = assembly[VersionOffset..];
        return new Version(
            BinaryPrimitives.ReadUInt16LittleEndian(version),
            BinaryPrimitives.ReadUInt16LittleEndian(version[2..]),
            BinaryPrimitives.ReadUInt16LittleEndian(version[4..]),
            BinaryPrimitives.ReadUInt16LittleEndian(version[6..]));
    }

    // A table ends where the next one starts; what lies outside the file is empty.
    private static Range TableAt(ReadOnlySpan<byte> assembly, int startOffset)
    {
        var start = BinaryPrimitives.ReadUInt32LittleEndian(assembly[startOffset..]);
        var end = BinaryPrimitives.ReadUInt32LittleEndian(assembly[(startOffset + sizeof(uint))..]);
        return start >= HeaderLength && start <= end && end <= (uint)assembly.Length ? (int)start..(int)end : 0..0;
    }

    private static ImageException Bad(string number, string what, string cause) =>
        new(number, $"{what} {cause}.", "Take the file from the build again; for a device, provision it again.");
}
