using System;
using System.Security.Cryptography;
using Makapix.Provisioning.Images;
using Makapix.VirtualEsp32.Efuse;
using Makapix.VirtualEsp32.Flash;

namespace Makapix.VirtualEsp32.Boot;

/// <summary>
/// Flash as the CPU sees it through the cache: decrypted if FLASH_CRYPT_CNT is odd, whatever a partition's flags say, and raw if not
/// (ESP32 TRM, External Memory Encryption and Decryption; ESP-IDF, Flash Encryption, "Reading and Writing Content").
/// </summary>
internal sealed class CachePath : IDisposable
{
    private const int KeyBlock = 1;

    private readonly NorFlash _flash;
    private readonly Esp32FlashCipher? _cipher;

    public CachePath(VirtualChip chip)
    {
        _flash = chip.Flash;
        if (chip.Efuses.FlashEncryptionEnabled)
        {
            _cipher = CreateCipher(chip.Efuses);
        }
    }

    /// <summary>Whether reads are decrypted.</summary>
    public bool Decrypts => _cipher is not null;

    /// <summary>Reads as the CPU does. Address and length are multiples of 16.</summary>
    public byte[] Read(uint address, int length)
    {
        var content = ReadRaw(address, length);
        _cipher?.Decrypt(content, address);
        return content;
    }

    /// <summary>Reads the cells themselves.</summary>
    public byte[] ReadRaw(uint address, int length)
    {
        var content = new byte[length];
        _flash.Read(address, content);
        return content;
    }

    public void Dispose() => _cipher?.Dispose();

    private static Esp32FlashCipher CreateCipher(EfuseArray efuses)
    {
        Span<byte> key = stackalloc byte[Esp32FlashCipher.KeyLength];
        efuses.ReadBlock(KeyBlock, key);
        key.Reverse(); // espefuse burns the key of flash_encryption byte-reversed
        try
        {
            return new Esp32FlashCipher(key, (byte)efuses.Read("FLASH_CRYPT_CONFIG"));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }
}
