using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text.Json;
using System.Threading.Tasks;
using Makapix.VirtualEsp32.Tests.Support;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.VirtualEsp32.Tests;

/// <summary>The real espefuse, over the wire and on the file.</summary>
[TestClass]
public sealed class EspefuseTests
{
    [TestMethod]
    public async Task BurnsAReleaseChipAndReadsItBack()
    {
        await using var chip = TestChip.Start();
        var fresh = await SummaryAsync(chip);
        Assert.AreEqual("3.1", $"{fresh.GetProperty("WAFER_VERSION_MAJOR").GetProperty("value")}.{fresh.GetProperty("WAFER_VERSION_MINOR").GetProperty("value")}");
        Assert.Contains($"{chip.Chip.Mac} (CRC ", Value(fresh, "MAC"));
        Assert.Contains(" OK)", Value(fresh, "MAC"));

        var key = RandomNumberGenerator.GetBytes(32);
        (await Tool.EspefuseAsync(chip.Server, key, ["burn_key", "flash_encryption", "/dev/stdin"])).Succeeded();
        (await Tool.EspefuseAsync(chip.Server, key, ["burn_key", "flash_encryption", "/dev/stdin"])).Refused().Said("BLOCK1 is read-protected.");
        (await Tool.EspefuseAsync(
            chip.Server,
            "burn_efuse", "FLASH_CRYPT_CONFIG", "0xF", "FLASH_CRYPT_CNT", "127", "DISABLE_DL_ENCRYPT", "1", "DISABLE_DL_DECRYPT", "1",
            "DISABLE_DL_CACHE", "1", "JTAG_DISABLE", "1", "CONSOLE_DEBUG_DISABLE", "1",
            "write_protect_efuse", "DIS_CACHE")).Succeeded();
        (await Tool.EspefuseAsync(chip.Server, "burn_efuse", "DISABLE_BT", "1")).Refused().Said("DISABLE_BT is write-protected.");

        var burned = await SummaryAsync(chip);
        Assert.AreEqual(string.Join(' ', Enumerable.Repeat("??", 32)), Value(burned, "BLOCK1"));
        Assert.AreEqual("127", Value(burned, "FLASH_CRYPT_CNT"));
        Assert.AreEqual("15", Value(burned, "FLASH_CRYPT_CONFIG"));
        Assert.AreEqual("True", Value(burned, "JTAG_DISABLE"));
        Assert.AreEqual("False", Value(burned, "DISABLE_BT"));

        var truth = new byte[32];
        chip.Chip.Efuses.ReadBlock(1, truth);
        CollectionAssert.AreEqual(key.Reverse().ToArray(), truth, "byte-reversed in the fuses");
        CollectionAssert.AreEqual(key, File.ReadAllBytes(chip.Directory.EfuseFile)[0x68..0x88], "as given in the file, where the README says");
        await AgreesWithTheFileAsync(chip, burned);
    }

    [TestMethod]
    public async Task UnprotectedKeyIsReadableAndForcedBurnOnlyAddsBits()
    {
        await using var chip = TestChip.Start();
        var first = Enumerable.Repeat((byte)0x0F, 32).ToArray();
        (await Tool.EspefuseAsync(chip.Server, first, ["burn_key", "--no-protect-key", "flash_encryption", "/dev/stdin"])).Succeeded();
        (await Tool.EspefuseAsync(chip.Server, "burn_bit", "BLOCK1", "4", "5")).Succeeded();
        (await Tool.EspefuseAsync(chip.Server, "burn_bit", "BLOCK3", "0", "255")).Succeeded();

        var summary = await SummaryAsync(chip);
        Assert.StartsWith("3f 0f 0f", Value(summary, "BLOCK1"));
        Assert.StartsWith("01 00", Value(summary, "BLOCK3"));
        Assert.EndsWith(" 80", Value(summary, "BLOCK3"));
        await AgreesWithTheFileAsync(chip, summary);

        (await Tool.EspefuseAsync(chip.Server, new byte[32].Select((_, i) => (byte)(i + 1)).ToArray(), ["burn_key", "--no-protect-key", "--force-write-always", "flash_encryption", "/dev/stdin"])).Succeeded();
        var block = new byte[32];
        chip.Chip.Efuses.ReadBlock(1, block);
        Assert.AreEqual(0x20 | 0x3F, block[0]);
    }

    [TestMethod]
    public async Task UartDownloadDisIsTheLastThingItCanBurn()
    {
        await using var chip = TestChip.Start();
        (await Tool.EspefuseAsync(chip.Server, "burn_efuse", "UART_DOWNLOAD_DIS", "1")).Succeeded();
        Assert.AreEqual(1u, chip.Chip.Efuses.Read("UART_DOWNLOAD_DIS"));
        using var silenced = chip.Connect();
        Assert.IsEmpty(silenced.SendRawAndDrain(LoaderClient.SyncFrame));
    }

    [TestMethod]
    public async Task ChipTakesAFileThatEspefuseMade()
    {
        using var directory = new ChipDirectory();
        Directory.CreateDirectory(directory.Path);
        var key = RandomNumberGenerator.GetBytes(32);
        (await Tool.RunAsync("espefuse", key, "--chip", "esp32", "--virt", "--path-efuse-file", directory.EfuseFile, "--do-not-confirm", "burn_key", "BLOCK3", "/dev/stdin")).Succeeded();
        using var chip = VirtualChip.Open(directory.Path);
        var block = new byte[32];
        chip.Efuses.ReadBlock(3, block);
        CollectionAssert.AreEqual(key, block);
    }

    private static async Task<JsonElement> SummaryAsync(TestChip chip) =>
        Json((await Tool.EspefuseAsync(chip.Server, "summary", "--format", "json")).Succeeded());

    private static async Task AgreesWithTheFileAsync(TestChip chip, JsonElement overTheWire)
    {
        var file = Json((await Tool.RunAsync("espefuse", null, "--chip", "esp32", "--virt", "--path-efuse-file", chip.Directory.EfuseFile, "summary", "--format", "json")).Succeeded());
        Assert.AreEqual(overTheWire.GetRawText(), file.GetRawText());
    }

    private static JsonElement Json(ToolRun run) => JsonDocument.Parse(run.Output[run.Output.IndexOf('{')..]).RootElement;

    private static string Value(JsonElement summary, string field) => summary.GetProperty(field).GetProperty("value").ToString();
}
