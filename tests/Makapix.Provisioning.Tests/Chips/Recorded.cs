using System;
using System.IO;

namespace Makapix.Provisioning.Tests.Chips;

/// <summary>What the real tools, version 4.7.0, said to a virtual chip.</summary>
internal static class Recorded
{
    public static string FlashId => Read("esptool-4.7-flash_id.txt");

    public static string WriteFlash => Read("esptool-4.7-write_flash.txt");

    public static string FreshSummary => Read("espefuse-4.7-summary-fresh.txt");

    public static string ReleaseSummary => Read("espefuse-4.7-summary-release.txt");

    /// <summary>An ESP32-S3 with the key 01 … 20, SPI_BOOT_CRYPT_CNT 7 and DIS_PAD_JTAG, in espefuse's own virtual mode.</summary>
    public static string Esp32S3Summary => Read("espefuse-4.7-dump-summary-esp32s3.txt");

    public static string Burn => Read("espefuse-4.7-burn.txt");

    /// <summary>Version 5 says the same in other words (esptool v5.3.1, esptool/__init__.py and cmds.py).</summary>
    public const string FlashIdVersion5 = """
        esptool v5.1.0
        Connecting.....
        Connected to ESP32 on /dev/ttyUSB0:
        Chip type:          ESP32-D0WD-V3 (revision v3.1)
        Features:           Wi-Fi, BT, Dual Core, 240MHz, Coding Scheme None
        Crystal frequency:  40MHz
        MAC:                24:0a:c4:12:34:56

        Flash Memory Information:
        =========================
        Manufacturer: ef
        Device: 4016
        Detected flash size: 4MB

        Staying in bootloader.
        """;

    private static string Read(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Fixtures", "Chips", name));
}
