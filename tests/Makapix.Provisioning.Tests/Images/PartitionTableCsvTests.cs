using System;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using Makapix.Provisioning.Images;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Images;

[TestClass]
public sealed class PartitionTableCsvTests
{
    private const string Mixed = """
        # comment
        nvs,       data, nvs,      ,        24K,
        otadata,   data, ota,      ,        0x2000
        phy,       1,    1,        ,        0x1000,

        factory,   app,  factory,  ,        1M,      encrypted
        slot,      app,  ota_3,    ,        64k
        storage,   data, 0x84,     0x300000, 128K,   encrypted:readonly
        own,       0x40, 7,        ,        4096,    readonly
        """;

    // SHA-256 of what gen_esp32part.py 1.3 (ESP-IDF 5.2) makes of the same CSV.
    [TestMethod]
    [DataRow(Mixed, "7ee644d7379019cabc930de658312cddc0e5b7a5a0f3c3e41f94517e76e314d3")]
    [DataRow(null, "fc35c4cfd89ecc32210608254ea5b7a810ad0d96babea28044b2c1c9283321bf")]
    public void Makes_the_bytes_of_gen_esp32part(string? csv, string sha256)
    {
        csv ??= Encoding.UTF8.GetString(ImageResource.Read(ImageResource.PartitionTable));
        Assert.AreEqual(sha256, Convert.ToHexStringLower(SHA256.HashData(PartitionTable.ParseCsv(csv).ToBytes())));
    }

    [TestMethod]
    public void Places_rows_without_offset_behind_the_row_before_and_apps_on_64_KiB() =>
        CollectionAssert.AreEqual(
            new uint[] { 0x9000, 0xF000, 0x11000, 0x20000, 0x120000, 0x300000, 0x320000 },
            PartitionTable.ParseCsv(Mixed).Entries.Select(entry => entry.Offset).ToArray());

    [TestMethod]
    [DataRow("nvs", PartitionSubType.DataNvs, false)]
    [DataRow("phy", PartitionSubType.DataPhy, false)]
    [DataRow("ota", PartitionSubType.DataOta, true)]
    [DataRow("coredump", PartitionSubType.DataCoreDump, false)]
    [DataRow("nvs_keys", PartitionSubType.DataNvsKeys, true)]
    [DataRow("efuse", (byte)0x05, false)]
    [DataRow("", (byte)0x06, false)]
    [DataRow("undefined", (byte)0x06, false)]
    [DataRow("esphttpd", (byte)0x80, false)]
    [DataRow("fat", (byte)0x81, false)]
    [DataRow("spiffs", (byte)0x82, false)]
    [DataRow("littlefs", PartitionSubType.DataLittleFs, false)]
    [DataRow("0x84", PartitionSubType.DataNanoDeployment, false)]
    [DataRow("132", PartitionSubType.DataNanoDeployment, false)]
    public void Knows_the_data_subtypes_and_which_ESP_IDF_always_encrypts(string text, byte expected, bool encrypted)
    {
        var entry = PartitionTable.ParseCsv($"p, data, {text}, , {(text == "ota" ? "0x2000" : "0x4000")},").Entries[0];
        Assert.AreEqual(expected, entry.SubType);
        Assert.AreEqual(encrypted, entry.IsEncrypted);
    }

    [TestMethod]
    [DataRow("factory", (byte)0x00)]
    [DataRow("ota_0", (byte)0x10)]
    [DataRow("ota_15", (byte)0x1F)]
    [DataRow("test", (byte)0x20)]
    public void Knows_the_app_subtypes(string text, byte expected) =>
        Assert.AreEqual(expected, PartitionTable.ParseCsv($"p, app, {text}, , 1M,").Find(PartitionType.App, expected)?.SubType);

    // Line 3 is the guilty one each time, behind a comment and a good row.
    [TestMethod]
    [DataRow("b, data, fat", "MKX-IMAGE-010")]
    [DataRow("b, data, fat, , 4K, , more", "MKX-IMAGE-010")]
    [DataRow("b, data, fat, $OFFSET, 4K,", "MKX-IMAGE-010")]
    [DataRow(", data, fat, , 4K,", "MKX-IMAGE-011")]
    [DataRow("seventeen_chars_a, data, fat, , 4K,", "MKX-IMAGE-011")]
    [DataRow("größe, data, fat, , 4K,", "MKX-IMAGE-011")]
    [DataRow("b, date, fat, , 4K,", "MKX-IMAGE-012")]
    [DataRow("b, 0xFF, fat, , 4K,", "MKX-IMAGE-012")]
    [DataRow("b, 256, fat, , 4K,", "MKX-IMAGE-012")]
    [DataRow("b, data, nonsense, , 4K,", "MKX-IMAGE-013")]
    [DataRow("b, app, ota_16, , 64K,", "MKX-IMAGE-013")]
    [DataRow("b, app, , , 64K,", "MKX-IMAGE-013")]
    [DataRow("b, data, fat, , 4G,", "MKX-IMAGE-014")]
    [DataRow("b, data, fat, , -4K,", "MKX-IMAGE-014")]
    [DataRow("b, data, fat, , K,", "MKX-IMAGE-014")]
    [DataRow("b, data, fat, , 4096M,", "MKX-IMAGE-014")]
    [DataRow("b, data, fat, 0x, 4K,", "MKX-IMAGE-014")]
    [DataRow("b, data, fat, 0x123456789, 4K,", "MKX-IMAGE-014")]
    [DataRow("b, data, fat, , ,", "MKX-IMAGE-015")]
    [DataRow("b, data, fat, , 0,", "MKX-IMAGE-015")]
    [DataRow("b, data, fat, , 4K, secret", "MKX-IMAGE-016")]
    [DataRow("b, data, fat, 0x20800, 4K,", "MKX-IMAGE-017")]
    [DataRow("b, app, factory, 0x21000, 64K,", "MKX-IMAGE-017")]
    [DataRow("b, app, factory, , 0x10800,", "MKX-IMAGE-017")]
    [DataRow("b, data, fat, 0x9000, 4K,", "MKX-IMAGE-018")]
    [DataRow("b, data, fat, 0x20000, 0xFFFFF000,", "MKX-IMAGE-018")]
    [DataRow("a, data, fat, , 4K,", "MKX-IMAGE-019")]
    [DataRow("b, data, ota, , 0x2000, readonly", "MKX-IMAGE-021")]
    [DataRow("b, data, coredump, , 64K, readonly", "MKX-IMAGE-021")]
    [DataRow("b, data, ota, , 0x1000,", "MKX-IMAGE-021")]
    [DataRow("b, data, nvs, , 0x2000,", "MKX-IMAGE-021")]
    public void Refuses_a_bad_row_and_says_which_line(string row, string code)
    {
        var refusal = Refusal.Expect(code, () => PartitionTable.ParseCsv($"# table\na, data, fat, 0x9000, 64K,\n{row}\n"));
        Assert.Contains("line 3", refusal.Message);
    }

    [TestMethod]
    public void Refuses_a_second_otadata() =>
        Refusal.Expect("MKX-IMAGE-021", () => PartitionTable.ParseCsv("a, data, ota, , 0x2000,\nb, data, ota, , 0x2000,\n"));

    [TestMethod]
    public void Refuses_a_row_in_front_of_the_end_of_the_table() =>
        Refusal.Expect("MKX-IMAGE-018", () => PartitionTable.ParseCsv("a, data, fat, 0x9000, 4K,", tableOffset: 0x9000));

    [TestMethod]
    [DataRow(0)]
    [DataRow(96)]
    public void Refuses_an_empty_table_and_one_row_too_many(int count) =>
        Refusal.Expect("MKX-IMAGE-029", () => PartitionTable.ParseCsv(string.Concat(Enumerable.Range(0, count).Select(n => $"p{n}, data, fat, , 4K,\n"))));

    [TestMethod]
    public void Takes_as_many_rows_as_fit() =>
        Assert.HasCount(95, PartitionTable.Parse(PartitionTable.ParseCsv(string.Concat(Enumerable.Range(0, 95).Select(n => $"p{n}, data, fat, , 4K,\n"))).ToBytes()).Entries);

    [TestMethod]
    public void Refuses_a_table_for_a_bigger_flash()
    {
        var table = PartitionTable.ParseCsv(Mixed);
        table.RequireWithin(0x321000);
        Refusal.Expect("MKX-IMAGE-022", () => table.RequireWithin(0x320FFF));
    }
}
