using System;
using System.IO;

namespace Makapix.VirtualEsp32.Loader;

/// <summary>The compressed side of a download: a stream that has what the last packet brought, and reads as empty until the next.</summary>
internal sealed class BlockStream : Stream
{
    private readonly byte[] _block = new byte[LoaderRequest.MaxBlock];
    private int _start;
    private int _end;

    /// <summary>Whether all that was supplied has been read.</summary>
    public bool IsEmpty => _start == _end;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Replaces what is there by a block of at most <see cref="LoaderRequest.MaxBlock"/> bytes.</summary>
    public void Supply(ReadOnlySpan<byte> block)
    {
        block.CopyTo(_block);
        _start = 0;
        _end = block.Length;
    }

    public override int Read(Span<byte> buffer)
    {
        var length = Math.Min(buffer.Length, _end - _start);
        _block.AsSpan(_start, length).CopyTo(buffer);
        _start += length;
        return length;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
