using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Security.Cryptography;

namespace Makapix.Provisioning.Images;

/// <summary>
/// An ESP32 application or bootloader image (esp_app_format.h): 8-byte header, 16-byte extended header, segments, padding to a checksum
/// in the last byte of a 16-byte block, and a SHA-256 of all that.
/// </summary>
public sealed class EspImage
{
    /// <summary>First byte of an image.</summary>
    public const byte Magic = 0xE9;

    /// <summary>Segments an image may have (ESP_IMAGE_MAX_SEGMENTS).</summary>
    public const int MaxSegments = 16;

    private const int HeaderLength = 24;
    private const int SegmentHeaderLength = 8;
    private const int ChecksumBlock = 16;
    private const byte ChecksumSeed = 0xEF;
    private const ushort Esp32ChipId = 0;
    private const ushort AnyChipRevision = 0xFFFF;
    private const byte WriteProtectPinDisabled = 0xEE;
    private const byte DioMode = 0x02;
    private const byte FourMegabytesAt40MHz = 0x20;

    private EspImage(uint entryPoint, IReadOnlyList<uint> loadAddresses, int length)
    {
        EntryPoint = entryPoint;
        LoadAddresses = loadAddresses;
        Length = length;
    }

    /// <summary>Address at which it starts.</summary>
    public uint EntryPoint { get; }

    /// <summary>Where its segments go, in the order of the image.</summary>
    public IReadOnlyList<uint> LoadAddresses { get; }

    /// <summary>Bytes of the image with its SHA-256; a signature or erased flash may follow.</summary>
    public int Length { get; }

    /// <summary>Verifies an image as Espressif's bootloaders do: header, chip, segments, checksum, SHA-256.</summary>
    /// <param name="bytes">The image, and whatever follows it.</param>
    /// <param name="what">What the image is, for the message: "bootloader.bin".</param>
    /// <param name="chipId">Which chip it is for (esp_app_format.h): 0 is the classic ESP32.</param>
    /// <exception cref="ImageException">030: cut short. 031: no image. 032: segment count. 033: another chip. 034: no SHA-256 appended.
    /// 035: segment length. 036: checksum. 037: SHA-256.</exception>
    public static EspImage Parse(ReadOnlySpan<byte> bytes, string what, ushort chipId = Esp32ChipId)
    {
        if (bytes.Length < HeaderLength)
        {
            throw Bad("030", what, $"has {bytes.Length} bytes, fewer than its header");
        }

        if (bytes[0] != Magic)
        {
            throw Bad("031", what, $"begins with 0x{bytes[0]:X2}, not 0x{Magic:X2}: it is no ESP image");
        }

        if (bytes[1] is 0 or > MaxSegments)
        {
            throw Bad("032", what, $"has {bytes[1]} segments, not 1 to {MaxSegments}");
        }

        if (BinaryPrimitives.ReadUInt16LittleEndian(bytes[12..]) is var chip && chip != chipId)
        {
            throw Bad("033", what, $"is for chip id {chip}, not for {chipId}");
        }

        if (bytes[23] != 1)
        {
            throw Bad("034", what, "has no SHA-256 appended");
        }

        var loadAddresses = new uint[bytes[1]];
        var checksum = ChecksumSeed;
        var at = HeaderLength;
        for (var i = 0; i < loadAddresses.Length; i++)
        {
            var data = SegmentAt(bytes, at, what, i);
            loadAddresses[i] = BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);
            checksum ^= XorOf(data);
            at += SegmentHeaderLength + data.Length;
        }

        return new EspImage(BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]), Array.AsReadOnly(loadAddresses), CheckEnd(bytes, at, checksum, what));
    }

    /// <summary>Writes an image with checksum and SHA-256: for stand-ins, and for tests.</summary>
    /// <param name="entryPoint">Address at which it starts.</param>
    /// <param name="segments">1 to <see cref="MaxSegments"/> segments, each a multiple of 4 bytes.</param>
    /// <param name="chipId">Which chip it is for (esp_app_format.h): 0 is the classic ESP32.</param>
    public static byte[] Write(uint entryPoint, IReadOnlyList<EspImageSegment> segments, ushort chipId = Esp32ChipId)
    {
        ArgumentNullException.ThrowIfNull(segments);
        ArgumentOutOfRangeException.ThrowIfZero(segments.Count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(segments.Count, MaxSegments);

        var end = HeaderLength;
        foreach (var segment in segments)
        {
            ArgumentOutOfRangeException.ThrowIfNotEqual(segment.Data.Length % sizeof(uint), 0, nameof(segments));
            end += SegmentHeaderLength + segment.Data.Length;
        }

        var hashed = ChecksumEnd(end);
        var image = new byte[hashed + SHA256.HashSizeInBytes];
        image[0] = Magic;
        image[1] = (byte)segments.Count;
        image[2] = DioMode;
        image[3] = FourMegabytesAt40MHz;
        BinaryPrimitives.WriteUInt32LittleEndian(image.AsSpan(4), entryPoint);
        image[8] = WriteProtectPinDisabled;
        BinaryPrimitives.WriteUInt16LittleEndian(image.AsSpan(12), chipId);
        BinaryPrimitives.WriteUInt16LittleEndian(image.AsSpan(17), AnyChipRevision);
        image[23] = 1;

        var at = HeaderLength;
        var checksum = ChecksumSeed;
        foreach (var segment in segments)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(image.AsSpan(at), segment.LoadAddress);
            BinaryPrimitives.WriteInt32LittleEndian(image.AsSpan(at + sizeof(uint)), segment.Data.Length);
            segment.Data.Span.CopyTo(image.AsSpan(at + SegmentHeaderLength));
            checksum ^= XorOf(segment.Data.Span);
            at += SegmentHeaderLength + segment.Data.Length;
        }

        image[hashed - 1] = checksum;
        SHA256.HashData(image.AsSpan(0, hashed), image.AsSpan(hashed));
        return image;
    }

    private static ReadOnlySpan<byte> SegmentAt(ReadOnlySpan<byte> bytes, int at, string what, int index)
    {
        if (bytes.Length - at < SegmentHeaderLength)
        {
            throw Bad("030", what, $"ends before segment {index}");
        }

        var length = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(at + sizeof(uint))..]);
        var rest = bytes[(at + SegmentHeaderLength)..];
        if (length % sizeof(uint) != 0)
        {
            throw Bad("035", what, $"says segment {index} has {length} bytes, which is no multiple of 4");
        }

        return length <= (uint)rest.Length ? rest[..(int)length] : throw Bad("030", what, $"ends inside segment {index}");
    }

    private static int CheckEnd(ReadOnlySpan<byte> bytes, int at, byte checksum, string what)
    {
        var hashed = ChecksumEnd(at);
        if (bytes.Length < hashed + SHA256.HashSizeInBytes)
        {
            throw Bad("030", what, "ends before its SHA-256");
        }

        if (bytes[hashed - 1] != checksum)
        {
            throw Bad("036", what, "does not match its checksum");
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes[..hashed], hash);
        return hash.SequenceEqual(bytes.Slice(hashed, hash.Length)) ? hashed + hash.Length : throw Bad("037", what, "does not match its SHA-256");
    }

    private static int ChecksumEnd(int segmentsEnd) => (segmentsEnd / ChecksumBlock * ChecksumBlock) + ChecksumBlock;

    private static byte XorOf(ReadOnlySpan<byte> data)
    {
        byte xor = 0;
        foreach (var value in data)
        {
            xor ^= value;
        }

        return xor;
    }

    private static ImageException Bad(string number, string what, string cause) =>
        new(number, $"{what} {cause}.", "It is damaged, for another chip, or encrypted with another key: take it from the build again.");
}
