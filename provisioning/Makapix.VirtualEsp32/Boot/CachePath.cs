using System;
using Makapix.Provisioning.Images;
using Makapix.VirtualEsp32.Flash;

namespace Makapix.VirtualEsp32.Boot;

/// <summary>
/// Flash as the CPU sees it through the cache: decrypted if FLASH_CRYPT_CNT or SPI_BOOT_CRYPT_CNT is odd, whatever a partition's flags say, and raw if not
/// (TRM of the chip, External Memory Encryption and Decryption; ESP-IDF, Flash Encryption, "Reading and Writing Content").
/// </summary>
internal sealed class CachePath : IDisposable
{
    private readonly NorFlash _flash;
    private readonly IFlashCipher? _cipher;

    /// <exception cref="VirtualChipException">114: encryption is on, and there is no key.</exception>
    public CachePath(VirtualChip chip)
    {
        _flash = chip.Flash;
        Counter = chip.Efuses.Map.CryptCounter;
        if (chip.Efuses.FlashEncryptionEnabled)
        {
            _cipher = SiliconCipher.Create(chip.Model, chip.Efuses);
        }
    }

    /// <summary>Whether reads are decrypted.</summary>
    public bool Decrypts => _cipher is not null;

    /// <summary>The fuse that turns decryption on.</summary>
    public string Counter { get; }

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
}
