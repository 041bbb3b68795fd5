using System;

namespace Makapix.Provisioning.Images;

/// <summary>
/// Flash encryption of the classic ESP32 (not the XTS scheme of its successors), byte for byte what
/// <c>espsecure encrypt_flash_data</c> and the chip's cache make of it: AES-256 used the wrong way round (encrypting flash is AES decryption),
/// each 16-byte block byte-reversed before and after, and a key of its own for each 32-byte row, tweaked by the row's address.
/// </summary>
/// <remarks>
/// Source: Espressif, ESP32 Technical Reference Manual, "External Memory Encryption and Decryption".
/// There is no integrity in this scheme: a changed ciphertext block decrypts to noise, an old one to old plaintext.
/// </remarks>
public sealed class Esp32FlashCipher : IFlashCipher
{
    /// <summary>Bytes of a key: BLOCK1 with CODING_SCHEME 0.</summary>
    public const int KeyLength = 32;

    /// <summary>Addresses and lengths are multiples of this: one AES block.</summary>
    public const int BlockLength = FlashCiphers.BlockLength;

    /// <summary>Bytes that share one row key, and the unit in which the flash is best written (FLASH_ENCRYPTED_WRITE_ALIGN).</summary>
    public const int RowLength = 32;

    /// <summary>The tweak knows address bits 23…5, so this is where the flash ends: 16 MiB.</summary>
    public const uint FlashLimit = 1u << 24;

    private readonly RowKeys _keys;
    private readonly bool _useAesInstructions;

    /// <summary>Prepares the row keys. The key is copied; <see cref="Dispose"/> clears the copy.</summary>
    /// <param name="key">32 bytes in the order of an espsecure key file (espefuse burns them into BLOCK1 reversed).</param>
    /// <param name="flashCryptConfig">The eFuse FLASH_CRYPT_CONFIG, 0…15: which quarters of the key are tweaked. Devices in the field use 15.</param>
    /// <exception cref="ImageException">004: not 32 bytes. 005: not 0…15.</exception>
    public Esp32FlashCipher(ReadOnlySpan<byte> key, byte flashCryptConfig = 0xF)
        : this(key, flashCryptConfig, AesInstructionRows.IsSupported)
    {
    }

    internal Esp32FlashCipher(ReadOnlySpan<byte> key, byte flashCryptConfig, bool useAesInstructions)
    {
        FlashCiphers.CheckKey(key.Length, KeyLength);
        if (flashCryptConfig > 0xF)
        {
            throw new ImageException("005", $"FLASH_CRYPT_CONFIG {flashCryptConfig} does not fit its 4 bits.", "Give a value from 0 to 15; devices in the field use 15.");
        }

        _keys = new RowKeys(key, flashCryptConfig);
        _useAesInstructions = useAesInstructions;
    }

    /// <inheritdoc/>
    public void Encrypt(Span<byte> data, uint address) => Transform(data, address, encrypt: true);

    /// <inheritdoc/>
    public void Decrypt(Span<byte> data, uint address) => Transform(data, address, encrypt: false);

    /// <summary>Clears the key.</summary>
    public void Dispose() => _keys.Dispose();

    private void Transform(Span<byte> data, uint address, bool encrypt)
    {
        FlashCiphers.Check(data.Length, address, FlashLimit);
        if (_useAesInstructions)
        {
            AesInstructionRows.Transform(_keys, data, address, encrypt);
        }
        else
        {
            PlatformAesRows.Transform(_keys, data, address, encrypt);
        }
    }
}
