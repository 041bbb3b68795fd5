using Makapix.Provisioning.Chips;

namespace Makapix.VirtualEsp32.Efuse;

/// <summary>The eFuses that the ESP32-C3 has besides those of <see cref="KeyBlockEfuses"/>, and what Espressif burns: here a revision v0.3.</summary>
internal static class Esp32C3Efuses
{
    /// <summary>WAFER_VERSION_MINOR of BLOCK1.</summary>
    private const uint Revision = 3u << 18;

    public static EfuseMap Map { get; } = KeyBlockEfuses.Map(
        "ESP32-C3",
        new("DIS_RTC_RAM_BOOT", 0, 1, 7, 1, 1, null),
        new("DIS_USB_JTAG", 0, 1, 9, 1, 2, null),
        new("DIS_USB_SERIAL_JTAG", 0, 1, 11, 1, 2, null),
        new("JTAG_SEL_ENABLE", 0, 1, 15, 1, 2, null),
        new("VDD_SPI_AS_GPIO", 0, 1, 26, 1, 30, null),
        new("BTLC_GPIO_ENABLE", 0, 1, 27, 2, 30, null),
        new("POWERGLITCH_EN", 0, 1, 29, 1, 3, null),
        new("POWER_GLITCH_DSENSE", 0, 1, 30, 2, 3, null),
        new("FLASH_ECC_MODE", 0, 4, 3, 1, 18, null),
        new("PIN_POWER_SELECTION", 0, 4, 8, 1, 18, null),
        new("FLASH_TYPE", 0, 4, 9, 1, 18, null),
        new("FLASH_PAGE_SIZE", 0, 4, 10, 2, 18, null),
        new("FLASH_ECC_EN", 0, 4, 12, 1, 18, null),
        new("ERR_RST_ENABLE", 0, 4, 31, 1, 19, null));

    public static uint[] Factory(MacAddress mac) => KeyBlockEfuses.Factory(Map, mac, aboveMac: 0, Revision);
}
