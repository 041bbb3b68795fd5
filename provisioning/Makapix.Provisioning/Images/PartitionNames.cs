using System;
using System.Globalization;

namespace Makapix.Provisioning.Images;

/// <summary>The words of Espressif's partition CSV (gen_esp32part.py, ESP-IDF 5.5); null where there is no such word.</summary>
internal static class PartitionNames
{
    private const string OtaPrefix = "ota_";
    private const byte FirstOta = 0x10;
    private const byte OtaCount = 16;

    public static byte? ParseType(string text) => text switch
    {
        "app" => PartitionType.App,
        "data" => PartitionType.Data,
        _ => ParseByte(text),
    };

    public static byte? ParseSubType(byte type, string text) => (type, text) switch
    {
        (PartitionType.App, "factory") => PartitionSubType.AppFactory,
        (PartitionType.App, "test") => 0x20,
        (PartitionType.App, _) when text.StartsWith(OtaPrefix, StringComparison.Ordinal) =>
            ParseByte(text[OtaPrefix.Length..]) is { } slot and < OtaCount ? (byte)(FirstOta + slot) : null,
        (PartitionType.App, "") => null,
        (PartitionType.Data, "ota") => PartitionSubType.DataOta,
        (PartitionType.Data, "phy") => PartitionSubType.DataPhy,
        (PartitionType.Data, "nvs") => PartitionSubType.DataNvs,
        (PartitionType.Data, "coredump") => PartitionSubType.DataCoreDump,
        (PartitionType.Data, "nvs_keys") => PartitionSubType.DataNvsKeys,
        (PartitionType.Data, "efuse") => 0x05,
        (PartitionType.Data, "undefined") => 0x06,
        (PartitionType.Data, "esphttpd") => 0x80,
        (PartitionType.Data, "fat") => 0x81,
        (PartitionType.Data, "spiffs") => 0x82,
        (PartitionType.Data, "littlefs") => PartitionSubType.DataLittleFs,
        (_, "") => 0x06,
        _ => ParseByte(text),
    };

    public static PartitionFlags? ParseFlag(string text) => text switch
    {
        "encrypted" => PartitionFlags.Encrypted,
        "readonly" => PartitionFlags.ReadOnly,
        _ => null,
    };

    // 0xFF is no type and no subtype: it is what erased flash reads as.
    private static byte? ParseByte(string text)
    {
        var parsed = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            ? byte.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            : byte.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
        return parsed && value != 0xFF ? value : null;
    }
}
