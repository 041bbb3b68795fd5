using Makapix.Provisioning.Chips;

namespace Makapix.VirtualEsp32.Efuse;

/// <summary>
/// The classic ESP32's eFuses (ESP32 TRM, eFuse Controller, "System Parameters"; the same bits as espefuse's), and what Espressif burns before one is sold: here an
/// ESP32-D0WD-V3, revision v3.1. Reserved bits are guarded by none.
/// </summary>
internal static class Esp32Efuses
{
    // BLOCK0 word 3
    private const uint PackageD0Wd = 1u << 9;
    private const uint CpuFrequencyRated = 1u << 13;
    private const uint ChipVersionRevision1 = 1u << 15;

    // BLOCK0 word 5; revision 3 is these two and bit 31 of APB_CTL_DATE
    private const uint ChipVersionRevision2 = 1u << 20;
    private const uint WaferVersionMinor1 = 1u << 24;

    /// <summary>CLK8M_FREQ: with the calibration value in RTCCALICFG1, esptool finds that the ROM measured 40 MHz.</summary>
    private const uint Clk8MFrequency = 50;

    public static EfuseMap Map { get; } = new(
        "ESP32",
        0x120,
        "FLASH_CRYPT_CNT",
        [
            new(0, 0x000, 0x01C, 7, 0, 0x01C),
            new(1, 0x038, 0x098, 8, 7, 0x098),
            new(2, 0x058, 0x0B8, 8, 15, 0x0B8),
            new(3, 0x078, 0x0D8, 8, 23, 0x0D8),
        ],
        [
            new("WR_DIS", 0, 0, 0, 16, 1, null),
            new("RD_DIS", 0, 0, 16, 4, 0, null),
            new("FLASH_CRYPT_CNT", 0, 0, 20, 7, 2, null),
            new("UART_DOWNLOAD_DIS", 0, 0, 27, 1, 2, null),
            new("MAC", 0, 1, 0, 48, 3, null),
            new("MAC_CRC", 0, 2, 16, 8, 3, null),
            new("DISABLE_APP_CPU", 0, 3, 0, 1, 3, null),
            new("DISABLE_BT", 0, 3, 1, 1, 3, null),
            new("CHIP_PACKAGE_4BIT", 0, 3, 2, 1, null, null),
            new("DIS_CACHE", 0, 3, 3, 1, 3, null),
            new("SPI_PAD_CONFIG_HD", 0, 3, 4, 5, null, null),
            new("CHIP_PACKAGE", 0, 3, 9, 3, null, null),
            new("CHIP_CPU_FREQ_LOW", 0, 3, 12, 1, null, null),
            new("CHIP_CPU_FREQ_RATED", 0, 3, 13, 1, null, null),
            new("BLK3_PART_RESERVE", 0, 3, 14, 1, 10, 3),
            new("CHIP_VER_REV1", 0, 3, 15, 1, null, null),
            new("CLK8M_FREQ", 0, 4, 0, 8, 4, null),
            new("ADC_VREF", 0, 4, 8, 5, 4, null),
            new("XPD_SDIO_REG", 0, 4, 14, 1, 5, null),
            new("XPD_SDIO_TIEH", 0, 4, 15, 1, 5, null),
            new("XPD_SDIO_FORCE", 0, 4, 16, 1, 5, null),
            new("SPI_PAD_CONFIG_CLK", 0, 5, 0, 5, 6, null),
            new("SPI_PAD_CONFIG_Q", 0, 5, 5, 5, 6, null),
            new("SPI_PAD_CONFIG_D", 0, 5, 10, 5, 6, null),
            new("SPI_PAD_CONFIG_CS0", 0, 5, 15, 5, 6, null),
            new("CHIP_VER_REV2", 0, 5, 20, 1, null, null),
            new("VOL_LEVEL_HP_INV", 0, 5, 22, 2, 3, null),
            new("WAFER_VERSION_MINOR", 0, 5, 24, 2, null, null),
            new("FLASH_CRYPT_CONFIG", 0, 5, 28, 4, 10, 3),
            new("CODING_SCHEME", 0, 6, 0, 2, 10, 3),
            new("CONSOLE_DEBUG_DISABLE", 0, 6, 2, 1, 15, null),
            new("DISABLE_SDIO_HOST", 0, 6, 3, 1, null, null),
            new("ABS_DONE_0", 0, 6, 4, 1, 12, null),
            new("ABS_DONE_1", 0, 6, 5, 1, 13, null),
            new("JTAG_DISABLE", 0, 6, 6, 1, 14, null),
            new("DISABLE_DL_ENCRYPT", 0, 6, 7, 1, 15, null),
            new("DISABLE_DL_DECRYPT", 0, 6, 8, 1, 15, null),
            new("DISABLE_DL_CACHE", 0, 6, 9, 1, 15, null),
            new("KEY_STATUS", 0, 6, 10, 1, 10, 3),
            new("BLOCK1", 1, 0, 0, 256, 7, 0),
            new("BLOCK2", 2, 0, 0, 256, 8, 1),
            new("BLOCK3", 3, 0, 0, 256, 9, 2),
        ]);

    public static uint[] Factory(MacAddress mac)
    {
        var words = new uint[Map.TotalWords];
        words[1] = (uint)mac.Value;
        words[2] = ((uint)FactoryMac.Crc(mac) << 16) | (uint)(mac.Value >> 32);
        words[3] = PackageD0Wd | CpuFrequencyRated | ChipVersionRevision1;
        words[4] = Clk8MFrequency;
        words[5] = ChipVersionRevision2 | WaferVersionMinor1;
        return words;
    }
}
