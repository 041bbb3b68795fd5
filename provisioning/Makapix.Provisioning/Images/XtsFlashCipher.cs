using System;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;
using Makapix.Provisioning.Secrets;

namespace Makapix.Provisioning.Images;

/// <summary>
/// Flash encryption of the chips after the classic ESP32, byte for byte what <c>espsecure encrypt_flash_data --aes_xts</c> and the chip's
/// cache make of it: XTS-AES (IEEE 1619) in units of 128 bytes, tweaked by the unit's flash address, each unit byte-reversed before and after.
/// </summary>
/// <remarks>
/// Source: Espressif, ESP32-S3 Technical Reference Manual, "External Memory Encryption and Decryption".
/// The AES is the platform's: unlike the classic scheme this one has one key for the whole flash, so that some kilobytes at a time go through it.
/// </remarks>
public sealed class XtsFlashCipher : IFlashCipher
{
    /// <summary>Bytes of a key for XTS-AES-128: one AES key for the data, one for the tweaks.</summary>
    public const int Aes128KeyLength = 32;

    /// <summary>Bytes of a key for XTS-AES-256.</summary>
    public const int Aes256KeyLength = 64;

    /// <summary>Bytes that share one tweak.</summary>
    public const int UnitLength = 128;

    /// <summary>The tweak has 32 bits of address.</summary>
    private const ulong FlashLimit = 1UL << 32;

    private const int BlocksOfUnit = UnitLength / FlashCiphers.BlockLength;
    private const int UnitsAtATime = 128;

    /// <summary>x^128 = x^7 + x^2 + x + 1 in the field of XTS.</summary>
    private const ulong Feedback = 0x87;

    private readonly Aes _data = Aes.Create();
    private readonly Aes _tweak = Aes.Create();
    private readonly byte[] _masks = SecretBytes.Allocate(UnitsAtATime * UnitLength);

    /// <summary>Prepares both keys. They are copied; <see cref="Dispose"/> clears the copies.</summary>
    /// <param name="key">32 or 64 bytes in the order of an espsecure key file (espefuse burns each 32 of them reversed).</param>
    /// <param name="length">Which of the two it must be.</param>
    /// <exception cref="ImageException">004: another length. 006: both halves are equal, which is no key for XTS.</exception>
    public XtsFlashCipher(ReadOnlySpan<byte> key, int length)
    {
        FlashCiphers.CheckKey(key.Length, length);
        var half = length / 2;
        if (CryptographicOperations.FixedTimeEquals(key[..half], key[half..]))
        {
            throw new ImageException("006", "both halves of the flash key are equal: the tweaks of XTS would give the key away.", "Draw a random key.");
        }

        _data.SetKey(key[..half]);
        _tweak.SetKey(key[half..]);
    }

    private static Vector128<byte> Reversal => Vector128.Create((byte)15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);

    /// <inheritdoc/>
    public void Encrypt(Span<byte> data, uint address) => Transform(data, address, encrypt: true);

    /// <inheritdoc/>
    public void Decrypt(Span<byte> data, uint address) => Transform(data, address, encrypt: false);

    /// <summary>Clears the keys.</summary>
    public void Dispose()
    {
        _data.Dispose();
        _tweak.Dispose();
        CryptographicOperations.ZeroMemory(_masks);
    }

    private void Transform(Span<byte> data, uint address, bool encrypt)
    {
        FlashCiphers.Check(data.Length, address, FlashLimit);
        while (!data.IsEmpty)
        {
            var skipped = (int)(address % UnitLength);
            var part = data[..Math.Min(data.Length, _masks.Length - skipped)];
            FillMasks(address - (uint)skipped, (skipped + part.Length + UnitLength - 1) / UnitLength);
            Transform(part, _masks.AsSpan(skipped, part.Length), encrypt);
            data = data[part.Length..];
            address += (uint)part.Length;
        }
    }

    private void Transform(Span<byte> part, ReadOnlySpan<byte> masks, bool encrypt)
    {
        var blocks = MemoryMarshal.Cast<byte, Vector128<byte>>(part);
        var mask = MemoryMarshal.Cast<byte, Vector128<byte>>(masks);
        for (var i = 0; i < blocks.Length; i++)
        {
            blocks[i] = Vector128.Shuffle(blocks[i], Reversal) ^ mask[i];
        }

        if (encrypt)
        {
            _data.EncryptEcb(part, part, PaddingMode.None);
        }
        else
        {
            _data.DecryptEcb(part, part, PaddingMode.None);
        }

        for (var i = 0; i < blocks.Length; i++)
        {
            blocks[i] = Vector128.Shuffle(blocks[i] ^ mask[i], Reversal);
        }
    }

    /// <summary>What each block is XORed with before and after AES, for whole units from <paramref name="address"/> on, in the order of the flash.</summary>
    private void FillMasks(uint address, int units)
    {
        Span<byte> tweaks = stackalloc byte[units * FlashCiphers.BlockLength];
        tweaks.Clear();
        for (var unit = 0; unit < units; unit++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(tweaks[(unit * FlashCiphers.BlockLength)..], address + (uint)(unit * UnitLength));
        }

        _tweak.EncryptEcb(tweaks, tweaks, PaddingMode.None);
        for (var unit = 0; unit < units; unit++)
        {
            var mask = BinaryPrimitives.ReadUInt128LittleEndian(tweaks[(unit * FlashCiphers.BlockLength)..]);

            // A unit is reversed as a whole, so XTS meets its last block first.
            for (var block = BlocksOfUnit - 1; block >= 0; block--)
            {
                BinaryPrimitives.WriteUInt128LittleEndian(_masks.AsSpan(((unit * BlocksOfUnit) + block) * FlashCiphers.BlockLength), mask);
                mask = (mask << 1) ^ new UInt128(0, (ulong)(mask >> 127) * Feedback);
            }
        }

        CryptographicOperations.ZeroMemory(tweaks);
    }
}
