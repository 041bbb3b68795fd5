using System;
using System.Buffers.Binary;

namespace Makapix.Provisioning.Ledger;

/// <summary>
/// Fields on their way into a hash, each with its length before it (32 bits, big-endian): no two different rows of fields have the same bytes, wherever
/// their texts begin and end.
/// </summary>
internal sealed class HashedFields
{
    private byte[] _buffer = new byte[1024];
    private int _end;

    /// <summary>All that was put since it was last cleared.</summary>
    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(0, _end);

    public void Clear() => _end = 0;

    public void Put(ReadOnlySpan<byte> bytes)
    {
        PutLength(bytes.Length);
        bytes.CopyTo(Space(bytes.Length));
        _end += bytes.Length;
    }

    public void Put(long number)
    {
        PutLength(sizeof(long));
        BinaryPrimitives.WriteInt64BigEndian(Space(sizeof(long)), number);
        _end += sizeof(long);
    }

    private void PutLength(int length)
    {
        BinaryPrimitives.WriteInt32BigEndian(Space(sizeof(int)), length);
        _end += sizeof(int);
    }

    private Span<byte> Space(int length)
    {
        if (_buffer.Length < _end + length)
        {
            Array.Resize(ref _buffer, Math.Max(_end + length, 2 * _buffer.Length));
        }

        return _buffer.AsSpan(_end);
    }
}
