using System;
using System.IO;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;

namespace Makapix.Provisioning.Chips;

/// <summary>Reads a stream to its end into memory, up to a bound: a tool that floods must not take the line's memory.</summary>
internal sealed class BoundedCapture(int limit) : IDisposable
{
    private const int FirstBytes = 16 * 1024;
    private byte[] _bytes = new byte[Math.Min(FirstBytes, limit)];
    private int _length;

    /// <exception cref="InvalidDataException">The stream holds more than the bound.</exception>
    public async Task ReadAsync(Stream stream, CancellationToken cancel)
    {
        while (true)
        {
            if (_length == _bytes.Length)
            {
                Grow();
            }

            var read = await stream.ReadAsync(_bytes.AsMemory(_length), cancel);
            if (read == 0)
            {
                return;
            }

            _length += read;
        }
    }

    public byte[] ToArray() => _bytes[.._length];

    public void Dispose() => CryptographicOperations.ZeroMemory(_bytes);

    private void Grow()
    {
        if (_bytes.Length == limit)
        {
            throw new InvalidDataException();
        }

        var larger = new byte[Math.Min(limit, _bytes.Length * 4)];
        _bytes.CopyTo(larger, 0);
        CryptographicOperations.ZeroMemory(_bytes);
        _bytes = larger;
    }
}
