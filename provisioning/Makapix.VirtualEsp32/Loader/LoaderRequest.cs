using System;
using System.Buffers.Binary;

namespace Makapix.VirtualEsp32.Loader;

/// <summary>A command packet: direction 0, command, length of the data, checksum, data (esptool documentation, "Serial Protocol", Command Packet).</summary>
internal readonly ref struct LoaderRequest
{
    /// <summary>MAX_WRITE_BLOCK of Espressif's loaders: no tool sends larger blocks.</summary>
    public const int MaxBlock = 0x4000;

    /// <summary>Length, sequence number and two zero words before the block of a data command.</summary>
    public const int BlockHeaderSize = 16;

    public const int MaxSize = HeaderSize + BlockHeaderSize + MaxBlock;

    private const int HeaderSize = 8;
    private const byte ChecksumSeed = 0xEF;

    private LoaderRequest(ReadOnlySpan<byte> packet)
    {
        Command = (LoaderCommand)packet[1];
        Checksum = BinaryPrimitives.ReadUInt32LittleEndian(packet[4..]);
        Data = packet[HeaderSize..];
        IsWellFormed = BinaryPrimitives.ReadUInt16LittleEndian(packet[2..]) == Data.Length;
    }

    public LoaderCommand Command { get; }

    public uint Checksum { get; }

    public ReadOnlySpan<byte> Data { get; }

    /// <summary>Whether the announced length is that of the data.</summary>
    public bool IsWellFormed { get; }

    /// <summary>False: not a request, or too short to be answered.</summary>
    public static bool TryRead(ReadOnlySpan<byte> packet, out LoaderRequest request)
    {
        var isRequest = packet.Length >= HeaderSize && packet[0] == 0;
        request = isRequest ? new LoaderRequest(packet) : default;
        return isRequest;
    }

    /// <summary>The XOR of <paramref name="block"/>, from 0xEF.</summary>
    public static byte ComputeChecksum(ReadOnlySpan<byte> block)
    {
        var checksum = ChecksumSeed;
        foreach (var value in block)
        {
            checksum ^= value;
        }

        return checksum;
    }

    /// <summary>The n-th 32-bit word of the data.</summary>
    public uint Word(int index) => BinaryPrimitives.ReadUInt32LittleEndian(Data[(index * sizeof(uint))..]);
}
