using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using Makapix.Provisioning.Chips.Profiles;
using Makapix.Provisioning.Images;

namespace Makapix.Provisioning.Line;

/// <summary>
/// Draws the flash key of one chip. esptool 4.7 takes every file that begins with a colon for Intel HEX and fails on ciphertext that happens to;
/// it also looks closer at what begins like an ESP image. With such a key, 1 in 32 for four images, another is drawn: the keys that are left
/// are fewer by a twentieth of one bit.
/// </summary>
internal static class FlashKeyDraw
{
    private const byte IntelHex = (byte)':';

    /// <summary>Fills <paramref name="key"/> with a random key under which no image's ciphertext looks like another kind of file.</summary>
    /// <param name="kind">What it is for.</param>
    /// <param name="key">Where it goes; the caller zeroes it.</param>
    /// <param name="images">Plaintext; not changed.</param>
    /// <param name="source">Where randomness comes from.</param>
    public static void Fill(FlashCipherKind kind, byte[] key, IReadOnlyCollection<FlashImage> images, RandomNumberGenerator source)
    {
        do
        {
            source.GetBytes(key);
        }
        while (!Suits(kind, key, images));
    }

    private static bool Suits(FlashCipherKind kind, byte[] key, IReadOnlyCollection<FlashImage> images)
    {
        using var cipher = FlashCiphers.Create(kind, key);
        return images.All(image => FirstByte(cipher, image) is not (IntelHex or EspImage.Magic));
    }

    private static byte FirstByte(IFlashCipher cipher, FlashImage image)
    {
        Span<byte> row = stackalloc byte[FlashCiphers.BlockLength];
        image.Bytes.AsSpan(0, row.Length).CopyTo(row);
        cipher.Encrypt(row, image.Address);
        return row[0];
    }
}
