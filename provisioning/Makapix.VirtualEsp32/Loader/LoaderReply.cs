using System;
using System.Buffers;
using System.Buffers.Binary;

namespace Makapix.VirtualEsp32.Loader;

/// <summary>
/// Collects the response packets to one request, framed, so that they go out in one write: direction 1, command, length, value, data and the
/// ROM's four status bytes (esptool documentation, "Serial Protocol", Response Packet).
/// </summary>
internal sealed class LoaderReply
{
    private const int StatusSize = 4;

    private readonly ArrayBufferWriter<byte> _output = new(256);

    public ReadOnlyMemory<byte> Bytes => _output.WrittenMemory;

    public void Clear() => _output.ResetWrittenCount();

    public void Add(LoaderCommand command, LoaderStatus status, uint value, ReadOnlySpan<byte> data)
    {
        Span<byte> header = [1, (byte)command, 0, 0, 0, 0, 0, 0];
        BinaryPrimitives.WriteUInt16LittleEndian(header[2..], (ushort)(data.Length + StatusSize));
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], value);
        Slip.WriteEnd(_output);
        Slip.Write(_output, header);
        Slip.Write(_output, data);
        Slip.Write(_output, [(byte)(status == LoaderStatus.Ok ? 0 : 1), (byte)status, 0, 0]);
        Slip.WriteEnd(_output);
    }
}
