using Makapix.Provisioning.Chips;

namespace Makapix.VirtualEsp32.Efuse;

/// <summary>The eFuses that the ESP32-S3 has besides those of <see cref="KeyBlockEfuses"/>, and what Espressif burns: here a revision v0.2.</summary>
internal static class Esp32S3Efuses
{
    /// <summary>WAFER_VERSION_MINOR of BLOCK1.</summary>
    private const uint Revision = 2u << 18;

    public static EfuseMap Map { get; } = KeyBlockEfuses.Map(
        "ESP32-S3",
        new("DIS_RTC_RAM_BOOT", 0, 1, 7, 1, 1, null),
        new("DIS_DCACHE", 0, 1, 9, 1, 2, null),
        new("DIS_DOWNLOAD_DCACHE", 0, 1, 11, 1, 2, null),
        new("DIS_USB_OTG", 0, 1, 13, 1, 2, null),
        new("DIS_APP_CPU", 0, 1, 15, 1, 2, null),
        new("USB_EXT_PHY_ENABLE", 0, 1, 26, 1, 30, null),
        new("BTLC_GPIO_ENABLE", 0, 1, 27, 2, 30, null),
        new("VDD_SPI_MODECURLIM", 0, 1, 29, 1, 3, null),
        new("VDD_SPI_DREFH", 0, 1, 30, 2, 3, null),
        new("VDD_SPI_DREFM", 0, 2, 0, 2, 3, null),
        new("VDD_SPI_DREFL", 0, 2, 2, 2, 3, null),
        new("VDD_SPI_XPD", 0, 2, 4, 1, 3, null),
        new("VDD_SPI_TIEH", 0, 2, 5, 1, 3, null),
        new("VDD_SPI_FORCE", 0, 2, 6, 1, 3, null),
        new("VDD_SPI_EN_INIT", 0, 2, 7, 1, 3, null),
        new("VDD_SPI_ENCURLIM", 0, 2, 8, 1, 3, null),
        new("VDD_SPI_DCURLIM", 0, 2, 9, 3, 3, null),
        new("VDD_SPI_INIT", 0, 2, 12, 2, 3, null),
        new("VDD_SPI_DCAP", 0, 2, 14, 2, 3, null),
        new("DIS_USB_JTAG", 0, 3, 22, 1, 2, null),
        new("DIS_USB_SERIAL_JTAG", 0, 3, 23, 1, 2, null),
        new("STRAP_JTAG_SEL", 0, 3, 24, 1, 2, null),
        new("USB_PHY_SEL", 0, 3, 25, 1, 2, null),
        new("POWER_GLITCH_DSENSE", 0, 3, 26, 2, 17, null),
        new("FLASH_ECC_MODE", 0, 4, 3, 1, 18, null),
        new("PIN_POWER_SELECTION", 0, 4, 8, 1, 18, null),
        new("FLASH_TYPE", 0, 4, 9, 1, 18, null),
        new("FLASH_PAGE_SIZE", 0, 4, 10, 2, 18, null),
        new("FLASH_ECC_EN", 0, 4, 12, 1, 18, null),
        new("POWERGLITCH_EN", 0, 4, 30, 1, 17, null),
        new("DIS_USB_OTG_DOWNLOAD_MODE", 0, 4, 31, 1, 19, null));

    public static uint[] Factory(MacAddress mac) => KeyBlockEfuses.Factory(Map, mac, aboveMac: 0, Revision);
}
