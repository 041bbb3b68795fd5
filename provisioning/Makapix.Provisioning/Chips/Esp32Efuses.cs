using System.Collections.Immutable;

namespace Makapix.Provisioning.Chips;

/// <summary>Names, bits and limits of the classic ESP32's eFuses, as espefuse spells them (ESP32 Technical Reference Manual, eFuse controller).</summary>
public static class Esp32Efuses
{
    /// <summary>Flash encryption key.</summary>
    public const string FlashKeyBlock = "BLOCK1";

    /// <summary>Secure boot key or digest.</summary>
    public const string SecureBootBlock = "BLOCK2";

    /// <summary>Flash encryption is on while an odd number of its 7 bits is set.</summary>
    public const string FlashCryptCount = "FLASH_CRYPT_CNT";

    /// <summary>Which bits of the key are tweaked by the address.</summary>
    public const string FlashCryptConfig = "FLASH_CRYPT_CONFIG";

    /// <summary>The ROM loader is off (revision 3 and newer).</summary>
    public const string UartDownloadDisable = "UART_DOWNLOAD_DIS";

    /// <summary>JTAG is off.</summary>
    public const string JtagDisable = "JTAG_DISABLE";

    /// <summary>The ROM's BASIC console is off. Espressif burns this in the factory.</summary>
    public const string ConsoleDebugDisable = "CONSOLE_DEBUG_DISABLE";

    /// <summary>The ROM loader does not encrypt.</summary>
    public const string DisableDownloadEncrypt = "DISABLE_DL_ENCRYPT";

    /// <summary>The ROM loader does not decrypt.</summary>
    public const string DisableDownloadDecrypt = "DISABLE_DL_DECRYPT";

    /// <summary>The cache is off in the ROM loader.</summary>
    public const string DisableDownloadCache = "DISABLE_DL_CACHE";

    /// <summary>The cache is off: burned, the chip boots no more.</summary>
    public const string DisableCache = "DIS_CACHE";

    /// <summary>How BLOCK1 to BLOCK3 are coded; 32-byte keys need none.</summary>
    public const string CodingScheme = "CODING_SCHEME";

    /// <summary>What can be burned no more, a bit for each group of fields.</summary>
    public const string WriteDisable = "WR_DIS";

    /// <summary>What cannot be read, a bit for each block.</summary>
    public const string ReadDisable = "RD_DIS";

    /// <summary>WR_DIS bit of DIS_CACHE (and MAC, MAC_CRC, DISABLE_APP_CPU, DISABLE_BT, VOL_LEVEL_HP_INV).</summary>
    public const uint WriteDisableCacheBit = 1 << 3;

    /// <summary>WR_DIS bit of BLOCK1.</summary>
    public const uint WriteDisableFlashKeyBit = 1 << 7;

    /// <summary>RD_DIS bit of BLOCK1.</summary>
    public const uint ReadDisableFlashKeyBit = 1 << 0;

    /// <summary>
    /// Every field of BLOCK0 that decides about security. On a chip nobody has fused all are 0, but for <see cref="ConsoleDebugDisable"/>,
    /// which may be either.
    /// </summary>
    public static ImmutableArray<string> Security { get; } =
    [
        FlashCryptCount, FlashCryptConfig, UartDownloadDisable, "ABS_DONE_0", "ABS_DONE_1", JtagDisable, ConsoleDebugDisable,
        DisableDownloadEncrypt, DisableDownloadDecrypt, DisableDownloadCache, DisableCache, "KEY_STATUS", WriteDisable, ReadDisable,
    ];
}
