using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Makapix.EndToEnd.Tests.Support;
using Makapix.Testing;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.EndToEnd.Tests.Line;

/// <summary><c>device plan</c> and <c>device provision --dry-run</c>: all is said, nothing is done.</summary>
[TestClass]
public sealed class PlanCommandTests
{
    [TestMethod]
    public async Task Plan_and_dry_run_say_the_same_of_a_board_and_leave_no_trace_in_chip_ledger_or_folder()
    {
        using var scratch = new Scratch();
        (await NewAuthority.MakeAsync(scratch, "ca")).Succeeded();
        var authority = scratch.At("ca");
        await using var chip = await ChipOnPort.StartAsync(scratch.At("chip"));
        string[] board = ["--port", chip.Port, "--bundle", await Workbench.BundleAsync(), "--authority", authority, "--broker", "localhost:1", "--json"];
        var before = State(scratch);
        var entries = await EntriesAsync(authority);

        var plan = JsonNode.Parse((await Shell.RunAsync(["device", "plan", .. board])).Succeeded().Output)!;
        var run = (await Shell.RunAsync(["device", "provision", "--dry-run", "--state", scratch.At("state"), .. board])).Succeeded();
        var rehearsed = JsonNode.Parse(run.Output)!;

        Assert.AreEqual((string?)plan["planHash"], (string?)rehearsed["planHash"]);
        Assert.AreEqual("fresh", (string?)plan["start"]!["kind"]);
        Assert.HasCount(8, plan["plan"]!["images"]!.AsArray());
        CollectionAssert.AreEqual(
            new[] { "watch", "identity", "images", "encrypt", "write", "burn", "verify", "boot", "record" },
            rehearsed["steps"]!.AsArray().Select(step => (string?)step!["name"]).Take(9).ToArray());
        Assert.Contains($"espefuse --chip esp32 --port {chip.Port} --before no_reset --do-not-confirm burn_key", run.Output);
        Assert.AreEqual("", run.Error, "it asks for no passphrase");
        Assert.AreEqual(entries, await EntriesAsync(authority));
        CollectionAssert.AreEqual(before, State(scratch));
    }

    [TestMethod]
    [DataRow("esp32", "release", "FLASH_CRYPT_CNT             0x0 → 0x7f (for ever): flash encryption on for ever")]
    [DataRow("esp32", "lab", "FLASH_CRYPT_CNT             0x0 → 0x1 (reversible): ")]
    [DataRow("esp32s3", "sealed", "DIS_DOWNLOAD_MODE           0x0 → 0x1 at the end (for ever): ")]
    [DataRow("esp32c3", "release", "KEY_PURPOSE_0               USER → XTS_AES_128_KEY, write-protected (for ever): ")]
    [DataRow("esp32c6", "release", "left alone: ")]
    public async Task Plan_without_a_board_is_that_of_any_fresh_chip(string chip, string policy, string line)
    {
        var run = (await Shell.RunAsync("device", "plan", "--chip", chip, "--policy", policy)).Succeeded();
        Assert.Contains($"\n{line}", run.Output);
    }

    [TestMethod]
    public async Task Plan_of_a_bundle_has_each_area_of_flash_with_its_place_and_size()
    {
        var run = (await Shell.RunAsync("device", "plan", "--bundle", await Workbench.BundleAsync())).Succeeded();
        Assert.MatchesRegex(@"0x001000 +[\d,]+ bytes  encrypted  bootloader\n", run.Output);
        Assert.MatchesRegex(@"0x009000 +[\d,]+ bytes  erased     nvs\n", run.Output);
        Assert.Contains("burn 65580e60f21fa4df07633f73d756ef87fb255bcc852ab5023a255e975c849182", run.Output);
    }

    [TestMethod]
    public async Task Cipher_that_the_chip_does_not_have_is_refused() =>
        (await Shell.RunAsync("device", "plan", "--chip", "esp32c3", "--cipher", "xts-aes-256")).Refused(1, "MKX-CHIP-022");

    // The files of an open SQLite ledger come and go by themselves; its entries are counted. A lock is held by whoever has it.
    private static string[] State(Scratch scratch) =>
        [.. scratch.Entries.Where(entry => File.Exists(scratch.At(entry)) && !entry.Contains("ledger.db", StringComparison.Ordinal) && !entry.EndsWith(".lock", StringComparison.Ordinal)).Select(entry => $"{entry} {Hash(scratch.At(entry))}")];

    // A chip that is on holds its files open, on some systems for itself alone.
    private static string Hash(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        return Convert.ToHexString(SHA256.HashData(file));
    }

    private static async Task<int> EntriesAsync(string authority) =>
        (int)JsonNode.Parse((await Shell.RunAsync("ledger", "show", "--dir", authority, "--json")).Succeeded().Output)!["head"]!["seq"]!;
}
