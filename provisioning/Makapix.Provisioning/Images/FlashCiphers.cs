using System;
using Makapix.Provisioning.Chips.Profiles;

namespace Makapix.Provisioning.Images;

/// <summary>The flash encryption of every chip.</summary>
public static class FlashCiphers
{
    /// <summary>Addresses and lengths are multiples of this: one AES block.</summary>
    public const int BlockLength = 16;

    /// <summary>Prepares a cipher. The key is copied; disposing of the cipher clears the copy.</summary>
    /// <param name="kind">How the chip encrypts.</param>
    /// <param name="key">The key, in the order of an espsecure key file.</param>
    /// <exception cref="ImageException">004: a key of another length. 006: a key that is no two keys.</exception>
    public static IFlashCipher Create(FlashCipherKind kind, ReadOnlySpan<byte> key) => kind switch
    {
        FlashCipherKind.Esp32Aes256 => new Esp32FlashCipher(key),
        FlashCipherKind.XtsAes128 => new XtsFlashCipher(key, XtsFlashCipher.Aes128KeyLength),
        FlashCipherKind.XtsAes256 => new XtsFlashCipher(key, XtsFlashCipher.Aes256KeyLength),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <exception cref="ImageException">001…003, as <see cref="IFlashCipher"/> says.</exception>
    internal static void Check(int length, uint address, ulong limit)
    {
        if (address % BlockLength != 0)
        {
            throw new ImageException("001", $"flash address 0x{address:X} is not a multiple of {BlockLength}.", "Give the address at which the image will lie, a multiple of 32 if possible.");
        }

        if (length % BlockLength != 0)
        {
            throw new ImageException("002", $"{length} bytes are not a multiple of {BlockLength}.", "Pad the image with 0xFF before it is encrypted; ciphertext of another length is incomplete.");
        }

        if ((ulong)address + (uint)length > limit)
        {
            throw new ImageException("003", $"0x{length:X} bytes at 0x{address:X} end beyond the {limit >> 20} MiB that this flash encryption can address.", "Check the offset.");
        }
    }

    /// <exception cref="ImageException">004: it has another length.</exception>
    internal static void CheckKey(int length, int expected)
    {
        if (length != expected)
        {
            throw new ImageException("004", $"the flash key has {length} bytes, not {expected}.", $"Give a key of {expected * 8} bits, as espsecure generate_flash_encryption_key makes.");
        }
    }
}
