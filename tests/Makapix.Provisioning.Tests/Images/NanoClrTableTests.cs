using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using Makapix.Provisioning.Images;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Images;

/// <summary>The partition tables and configuration of the hardened nanoCLR, as firmware/nanoclr has them.</summary>
[TestClass]
public sealed class NanoClrTableTests
{
    private const uint TableOffset = 0xD000;

    private static readonly string Folder = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "../../../firmware/nanoclr"));

    [TestMethod]
    [DataRow("makapix_esp32_4mb.csv", 0x1000u, 4u, 0x1E0000u, 0x3C0000u)]
    [DataRow("makapix_esp32s3_8mb.csv", 0x0u, 8u, 0x1B0000u, 0x490000u)]
    public void A_table_has_room_for_a_signed_bootloader_and_encrypts_what_holds_secrets(string file, uint bootloader, uint megabytes, uint deploy, uint config)
    {
        PartitionTable table = PartitionTable.ParseCsv(File.ReadAllText(Path.Combine(Folder, file)), TableOffset);

        table.RequireWithin(megabytes << 20);
        Assert.IsGreaterThan(32u * 1024, TableOffset - bootloader - 0x1000, "28 KB is what ESP-IDF's bootloader with secure boot does not fit, its signature takes another 4");
        foreach (string name in new[] { "deploy", "config", "nvs_keys", "factory" })
        {
            Assert.IsTrue(table.Entries.Single(e => e.Name == name).IsEncrypted, name);
        }

        Assert.IsFalse(table.Entries.Single(e => e.Name == "nvs").IsEncrypted, "NVS cannot live on an encrypted partition");
        Assert.AreEqual(deploy, table.Find(PartitionType.Data, PartitionSubType.DataNanoDeployment)!.Offset, "where stock tools look for it");
        Assert.AreEqual(config, table.Find(PartitionType.Data, PartitionSubType.DataLittleFs)!.Offset);
        PartitionEntry factory = table.Find(PartitionType.App, PartitionSubType.AppFactory)!;
        Assert.AreEqual((0x10000u, 0u), (factory.Offset, factory.Size % 0x10000), "secure boot maps and checks 64 KB pages");
        Assert.IsGreaterThanOrEqualTo(0x3000u, table.Find(PartitionType.Data, PartitionSubType.DataNvs)!.Size, "three pages, or NVS does not start");
    }

    [TestMethod]
    [DataRow("esp32", "SECURE_INSECURE_ALLOW_DL_MODE")]
    [DataRow("esp32s3", "SECURE_ENABLE_SECURE_ROM_DL_MODE")]
    public void The_configuration_pins_what_is_burned_and_names_the_table_that_is_there(string chip, string downloadMode)
    {
        Dictionary<string, string> settings = Settings("sdkconfig.release").Concat(Settings($"sdkconfig.release.{chip}")).ToDictionary();

        foreach (string on in new[]
        {
            "SECURE_FLASH_ENC_ENABLED", "SECURE_FLASH_ENCRYPTION_MODE_RELEASE", "SECURE_BOOT", "SECURE_BOOT_V2_ENABLED", "NVS_ENCRYPTION",
            "ESP_TASK_WDT_INIT", "ESP_TASK_WDT_PANIC", "PARTITION_TABLE_CUSTOM", downloadMode,
        })
        {
            Assert.AreEqual("y", settings.GetValueOrDefault(on), on);
        }

        Assert.AreEqual("n", settings["ESP_WIFI_NVS_ENABLED"]);
        Assert.AreEqual("n", settings["SECURE_BOOT_BUILD_SIGNED_BINARIES"]);
        Assert.HasCount(1, settings.Keys.Where(k => k.EndsWith("_DL_MODE", StringComparison.Ordinal)));
        Assert.AreEqual(TableOffset, Convert.ToUInt32(settings["PARTITION_TABLE_OFFSET"], 16));
        Assert.IsTrue(File.Exists(Path.Combine(Folder, settings["PARTITION_TABLE_CUSTOM_FILENAME"].Trim('"'))));
        Assert.AreEqual("y", Settings("nanoclr.release.defconfig")["NF_BUILD_RTM"]);
    }

    private static Dictionary<string, string> Settings(string file) => File.ReadLines(Path.Combine(Folder, file))
        .Where(line => line.StartsWith("CONFIG_", StringComparison.Ordinal)).Select(line => line["CONFIG_".Length..].Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);

    private static string Here([CallerFilePath] string here = "") => here;
}
