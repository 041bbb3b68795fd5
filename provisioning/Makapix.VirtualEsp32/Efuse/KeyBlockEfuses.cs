using System.Collections.Immutable;
using System.Linq;
using Makapix.Provisioning.Chips;

namespace Makapix.VirtualEsp32.Efuse;

/// <summary>
/// What the eFuses of the chips after the classic ESP32 have in common: eleven blocks behind one set of write registers, six of them for keys
/// (TRM of each, eFuse Controller; the same bits as espefuse's). Reserved bits are guarded by none.
/// </summary>
internal static class KeyBlockEfuses
{
    /// <summary>Bytes of the controller's registers.</summary>
    public const int ImageSize = 0x200;

    /// <summary>The block of BLOCK_KEY0; the other five follow.</summary>
    public const int FirstKeyBlock = 4;

    public const int KeyBlocks = 6;

    /// <summary>BLOCK1 and BLOCK2 are closed when a chip is sold.</summary>
    public const uint FactoryWriteDisable = 0x300000;

    private const int MacBlockWords = 6;
    private const int MacFirstWord = 6;
    private const int WholeBlocksFirstWord = MacFirstWord + MacBlockWords;
    private const uint WholeBlocksReadOffset = 0x05C;
    private const int Whole = 8;
    private const int LastBlock = 10;
    private const int WriteDisableOfBlock1 = 20;

    private static readonly ImmutableArray<EfuseBlock> Blocks =
    [
        new(0, 0x02C, 0, 6, 0, null),
        new(1, 0x044, 0, MacBlockWords, MacFirstWord, null),
        .. Enumerable.Range(2, LastBlock - 1).Select(block => new EfuseBlock(block, WholeBlocksReadOffset + (uint)((block - 2) * Whole * sizeof(uint)), 0, Whole, WholeBlocksFirstWord + ((block - 2) * Whole), Hidden(block))),
    ];

    private static readonly ImmutableArray<EfuseField> Common =
    [
        new("WR_DIS", 0, 0, 0, 32, null, null),
        new("RD_DIS", 0, 1, 0, 7, 0, null),
        new("DIS_ICACHE", 0, 1, 8, 1, 2, null),
        new("DIS_DOWNLOAD_ICACHE", 0, 1, 10, 1, 2, null),
        new("DIS_FORCE_DOWNLOAD", 0, 1, 12, 1, 2, null),
        new("DIS_TWAI", 0, 1, 14, 1, 2, null),
        new("SOFT_DIS_JTAG", 0, 1, 16, 3, 31, null),
        new("DIS_PAD_JTAG", 0, 1, 19, 1, 2, null),
        new("DIS_DOWNLOAD_MANUAL_ENCRYPT", 0, 1, 20, 1, 2, null),
        new("USB_DREFH", 0, 1, 21, 2, 30, null),
        new("USB_DREFL", 0, 1, 23, 2, 30, null),
        new("USB_EXCHG_PINS", 0, 1, 25, 1, 30, null),
        new("WDT_DELAY_SEL", 0, 2, 16, 2, 3, null),
        new("SPI_BOOT_CRYPT_CNT", 0, 2, 18, 3, 4, null),
        new("SECURE_BOOT_KEY_REVOKE0", 0, 2, 21, 1, 5, null),
        new("SECURE_BOOT_KEY_REVOKE1", 0, 2, 22, 1, 6, null),
        new("SECURE_BOOT_KEY_REVOKE2", 0, 2, 23, 1, 7, null),
        new("KEY_PURPOSE_0", 0, 2, 24, 4, 8, null),
        new("KEY_PURPOSE_1", 0, 2, 28, 4, 9, null),
        new("KEY_PURPOSE_2", 0, 3, 0, 4, 10, null),
        new("KEY_PURPOSE_3", 0, 3, 4, 4, 11, null),
        new("KEY_PURPOSE_4", 0, 3, 8, 4, 12, null),
        new("KEY_PURPOSE_5", 0, 3, 12, 4, 13, null),
        new("SECURE_BOOT_EN", 0, 3, 20, 1, 15, null),
        new("SECURE_BOOT_AGGRESSIVE_REVOKE", 0, 3, 21, 1, 16, null),
        new("FLASH_TPUW", 0, 3, 28, 4, 18, null),
        new("DIS_DOWNLOAD_MODE", 0, 4, 0, 1, 18, null),
        new("DIS_DIRECT_BOOT", 0, 4, 1, 1, 18, null),
        new("DIS_USB_SERIAL_JTAG_ROM_PRINT", 0, 4, 2, 1, 18, null),
        new("DIS_USB_SERIAL_JTAG_DOWNLOAD_MODE", 0, 4, 4, 1, 18, null),
        new("ENABLE_SECURITY_DOWNLOAD", 0, 4, 5, 1, 18, null),
        new("UART_PRINT_CONTROL", 0, 4, 6, 2, 18, null),
        new("FORCE_SEND_RESUME", 0, 4, 13, 1, 18, null),
        new("SECURE_VERSION", 0, 4, 14, 16, 18, null),
        new("DISABLE_WAFER_VERSION_MAJOR", 0, 5, 0, 1, 19, null),
        new("DISABLE_BLK_VERSION_MAJOR", 0, 5, 1, 1, 19, null),
        new("MAC", 1, 0, 0, 48, WriteDisableOfBlock1, null),
        new("BLOCK1", 1, 0, 0, MacBlockWords * 32, WriteDisableOfBlock1, null),
        .. Enumerable.Range(2, LastBlock - 1).Select(block => new EfuseField(Name(block), block, 0, 0, Whole * 32, WriteDisableOfBlock1 + block - 1, block < FirstKeyBlock ? null : block - FirstKeyBlock)),
    ];

    /// <summary>The map of one chip.</summary>
    /// <param name="title">The chip.</param>
    /// <param name="own">What it has and another has not.</param>
    public static EfuseMap Map(string title, params ImmutableArray<EfuseField> own) => new(title, ImageSize, "SPI_BOOT_CRYPT_CNT", Blocks, [.. Common, .. own]);

    /// <summary>What Espressif burns before any of these chips is sold.</summary>
    /// <param name="map">Of the chip.</param>
    /// <param name="mac">Its address.</param>
    /// <param name="aboveMac">What shares a word with the upper half of the address.</param>
    /// <param name="version">The fourth word of BLOCK1, with package and wafer revision.</param>
    public static uint[] Factory(EfuseMap map, MacAddress mac, uint aboveMac, uint version)
    {
        var words = new uint[map.TotalWords];
        words[0] = FactoryWriteDisable;
        words[MacFirstWord] = (uint)mac.Value;
        words[MacFirstWord + 1] = (aboveMac << 16) | (uint)(mac.Value >> 32);
        words[MacFirstWord + 3] = version;
        return words;
    }

    private static string Name(int block) => block is >= FirstKeyBlock and < FirstKeyBlock + KeyBlocks ? $"BLOCK_KEY{block - FirstKeyBlock}" : $"BLOCK{block}";

    // The controller has one set of write registers for all blocks, so the file has what is hidden behind its registers.
    private static uint? Hidden(int block) => block < FirstKeyBlock ? null : ImageSize + (uint)((block - FirstKeyBlock) * Whole * sizeof(uint));
}
