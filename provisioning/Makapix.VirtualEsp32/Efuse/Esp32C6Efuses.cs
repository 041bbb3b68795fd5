using Makapix.Provisioning.Chips;

namespace Makapix.VirtualEsp32.Efuse;

/// <summary>The eFuses that the ESP32-C6 has besides those of <see cref="KeyBlockEfuses"/>, and what Espressif burns: here a revision v0.1.</summary>
internal static class Esp32C6Efuses
{
    /// <summary>WAFER_VERSION_MINOR of BLOCK1.</summary>
    private const uint Revision = 1u << 18;

    /// <summary>MAC_EXT: between the halves of the address it makes the eight bytes that Thread wants.</summary>
    private const uint MacExtension = 0xFFFE;

    public static EfuseMap Map { get; } = KeyBlockEfuses.Map(
        "ESP32-C6",
        new("SWAP_UART_SDIO_EN", 0, 1, 7, 1, 2, null),
        new("DIS_USB_JTAG", 0, 1, 9, 1, 2, null),
        new("DIS_USB_SERIAL_JTAG", 0, 1, 11, 1, 2, null),
        new("SPI_DOWNLOAD_MSPI_DIS", 0, 1, 13, 1, 17, null),
        new("JTAG_SEL_ENABLE", 0, 1, 15, 1, 2, null),
        new("VDD_SPI_AS_GPIO", 0, 1, 26, 1, 30, null),
        new("SEC_DPA_LEVEL", 0, 3, 16, 2, 14, null),
        new("CRYPT_DPA_ENABLE", 0, 3, 18, 1, 1, null),
        new("SECURE_BOOT_DISABLE_FAST_WAKE", 0, 4, 30, 1, 19, null));

    public static uint[] Factory(MacAddress mac) => KeyBlockEfuses.Factory(Map, mac, MacExtension, Revision);
}
