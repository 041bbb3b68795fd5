using System;
using System.Security.Cryptography;
using Makapix.Provisioning.Chips.Profiles;
using Makapix.Provisioning.Images;
using Makapix.VirtualEsp32.Efuse;
using Makapix.VirtualEsp32.Silicon;

namespace Makapix.VirtualEsp32.Boot;

/// <summary>The flash cipher as the chip's cache has it: keyed by the fuses, which no software need be able to read.</summary>
internal static class SiliconCipher
{
    private const int KeyBytes = 32;
    private const int Esp32KeyBlock = 1;

    // KEY_PURPOSE_n of a block (TRM, eFuse Controller, "Secure Key Purpose Values")
    private const uint Xts256FirstHalf = 2;
    private const uint Xts256SecondHalf = 3;
    private const uint Xts128 = 4;

    /// <exception cref="VirtualChipException">114: there is no key.</exception>
    public static IFlashCipher Create(ChipModel model, EfuseArray efuses)
    {
        if (model.IsClassic)
        {
            return With(efuses, [Esp32KeyBlock], key => new Esp32FlashCipher(key, (byte)efuses.Read("FLASH_CRYPT_CONFIG")));
        }

        try
        {
            if (BlockFor(efuses, Xts128) is { } whole)
            {
                return With(efuses, [whole], key => FlashCiphers.Create(FlashCipherKind.XtsAes128, key));
            }

            if (BlockFor(efuses, Xts256FirstHalf) is { } first && BlockFor(efuses, Xts256SecondHalf) is { } second)
            {
                return With(efuses, [first, second], key => FlashCiphers.Create(FlashCipherKind.XtsAes256, key));
            }
        }
        catch (ImageException)
        {
            // An empty block, whose halves are equal.
        }

        throw new VirtualChipException("114", "flash encryption is on, and no key block holds a key for it.", "Nothing mends this chip; use another.");
    }

    private static int? BlockFor(EfuseArray efuses, uint purpose)
    {
        for (var key = 0; key < KeyBlockEfuses.KeyBlocks; key++)
        {
            if (efuses.Read($"KEY_PURPOSE_{key}") == purpose)
            {
                return KeyBlockEfuses.FirstKeyBlock + key;
            }
        }

        return null;
    }

    private static IFlashCipher With(EfuseArray efuses, ReadOnlySpan<int> blocks, Func<byte[], IFlashCipher> create)
    {
        var key = new byte[blocks.Length * KeyBytes];
        try
        {
            for (var i = 0; i < blocks.Length; i++)
            {
                var part = key.AsSpan(i * KeyBytes, KeyBytes);
                efuses.ReadBlock(blocks[i], part);
                part.Reverse(); // espefuse burns flash keys byte-reversed
            }

            return create(key);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }
}
