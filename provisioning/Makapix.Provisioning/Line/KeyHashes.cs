using System;
using System.Collections.Generic;
using System.Security.Cryptography;

namespace Makapix.Provisioning.Line;

/// <summary>
/// What the journal holds of a flash key: SHA-256 of each 32 bytes, which is what one key block holds, so that each block can be compared by itself. A key in one block has
/// one hash, as in every journal from before there were others.
/// </summary>
internal static class KeyHashes
{
    private const int BytesOfBlock = 32;
    private const char Separator = ' ';

    /// <summary>Of a key, as the journal has them.</summary>
    public static string Of(ReadOnlySpan<byte> key)
    {
        var hashes = new string[key.Length / BytesOfBlock];
        for (var i = 0; i < hashes.Length; i++)
        {
            hashes[i] = Convert.ToHexStringLower(SHA256.HashData(key.Slice(i * BytesOfBlock, BytesOfBlock)));
        }

        return string.Join(Separator, hashes);
    }

    /// <summary>One for each block, in the order of the key.</summary>
    public static IReadOnlyList<string> Split(string hashes) => [.. hashes.Split(Separator)];
}
