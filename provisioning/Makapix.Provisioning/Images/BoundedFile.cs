using System;
using System.IO;
using System.Security.Cryptography;

namespace Makapix.Provisioning.Images;

/// <summary>Reads whole files, up to a bound: what a path leads to may be huge, a device, or growing.</summary>
public static class BoundedFile
{
    private const int FirstBuffer = 64 * 1024;

    /// <summary>The file's bytes, or null if it has more than <paramref name="limit"/>.</summary>
    public static byte[]? Read(string path, int limit)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);

        // The length is a hint (pipes have none); one byte past the limit tells a file that is too big.
        var hint = stream.CanSeek ? Math.Min(stream.Length + 1, limit + 1) : FirstBuffer;
        var buffer = new byte[Math.Max(hint, 1)];
        var length = 0;
        while (length <= limit && stream.Read(buffer, length, buffer.Length - length) is var count and > 0)
        {
            length += count;
            if (length == buffer.Length && length <= limit)
            {
                buffer = Move(buffer, length, (int)Math.Min(2L * length, limit + 1L));
            }
        }

        return length <= limit ? Move(buffer, length, length) : null;
    }

    // It may be a key that is read: no copy stays behind.
    private static byte[] Move(byte[] from, int length, int capacity)
    {
        var to = new byte[capacity];
        from.AsSpan(0, length).CopyTo(to);
        CryptographicOperations.ZeroMemory(from);
        return to;
    }
}
