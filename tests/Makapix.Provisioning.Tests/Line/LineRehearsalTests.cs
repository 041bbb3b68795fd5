using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Makapix.Provisioning.Chips.Profiles;
using Makapix.Provisioning.Images;
using Makapix.Provisioning.Line;
using Makapix.Provisioning.Tests.Chips;
using Makapix.Provisioning.Tests.Images.Signing;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Line;

/// <summary>A rehearsal says what the line then does, and does nothing itself.</summary>
[TestClass]
public sealed class LineRehearsalTests
{
    [TestMethod]
    public async Task What_it_says_is_what_the_line_then_does_call_by_call()
    {
        using var line = new StubLine();
        var preview = await line.RehearseAsync();
        CollectionAssert.AreEqual(new[] { "flash_id", "summary" }, line.Board.Words.ToArray(), "it only looks");
        Assert.IsEmpty(line.Journal, "nothing in the journal");
        Assert.IsFalse(Path.Exists(line.State), "nothing on the disk");
        Assert.AreEqual(StartKind.Fresh, preview.Start.Kind);

        line.Board.Calls.Clear();
        var device = await line.RunAsync();
        Assert.AreEqual(device.PlanHash, preview.PlanHash);
        Assert.AreEqual(line.Journal.Single(entry => entry.PlanHash is not null).PlanHash, preview.PlanHash);
        CollectionAssert.AreEqual(line.Progress.Steps.Except([StepNames.Inspect, StepNames.Plan]).ToArray(), preview.Steps.Select(step => step.Name).ToArray());
        CollectionAssert.AreEqual(line.Board.Calls.Skip(2).Select(call => call.ToString()).ToArray(), preview.Steps.SelectMany(step => step.Calls).ToArray());
        Assert.Contains("burn_key flash_encryption <secret, by a pipe>", preview.Steps.Single(step => step.Name == StepNames.Burn).Calls.Single());
    }

    [TestMethod]
    public async Task Digest_that_a_chip_will_trust_is_told_whole_and_the_flash_key_never()
    {
        using var line = new StubLine();
        var bundle = FirmwareBundle.Load(await SigningBench.SignedAsync());
        var preview = await line.RehearseAsync(line.Request with { Bundle = bundle });
        var calls = preview.Steps.Single(step => step.Name == StepNames.Burn).Calls;
        Assert.HasCount(3, calls);
        Assert.Contains("burn_key flash_encryption <secret, by a pipe>", calls[0]);
        Assert.Contains($"burn_key secure_boot_v2 <digest {bundle.SigningKeyDigest}, by a pipe> write_protect_efuse RD_DIS", calls[1]);
        Assert.Contains("burn_efuse ABS_DONE_1 1", calls[2]);
        Assert.AreEqual($"digest {bundle.SigningKeyDigest} of the signing key, write-protected", preview.Plan.Efuses.Single(efuse => efuse.Name == "BLOCK2").After);
    }

    [TestMethod]
    public async Task Every_eFuse_that_decides_about_security_is_told_once()
    {
        using var line = new StubLine();
        var preview = await line.RehearseAsync();
        var told = preview.Plan.Efuses.Where(efuse => efuse.After != "write-protected").Select(efuse => efuse.Name).Concat(preview.Others.Select(other => other.Name));
        CollectionAssert.AreEquivalent(ChipProfiles.Esp32.Fields.Select(field => field.Name).Concat(ChipProfiles.Esp32.KeyBlocks).ToArray(), told.ToArray());
        CollectionAssert.AreEquivalent(new[] { "WR_DIS", "RD_DIS" }, preview.Others.Where(other => other.Now != other.After).Select(other => other.Name).ToArray());
    }

    [TestMethod]
    public async Task A_run_that_died_before_the_burn_starts_over_and_its_certificate_is_named()
    {
        using var line = new StubLine();
        line.Write(new JournalEntry(DateTimeOffset.UnixEpoch, Guid.NewGuid(), StepNames.Identity, JournalEvent.Begin) { DeviceId = Guid.NewGuid(), Serial = "4D41" });
        var preview = await line.RehearseAsync();
        Assert.AreEqual(StartKind.StartOver, preview.Start.Kind);
        CollectionAssert.AreEqual(new[] { "4D41" }, preview.Start.Voids.ToArray());
        Assert.Contains("revoke 4D41", preview.Steps.Single(step => step.Name == StepNames.Identity).Does);
    }

    [TestMethod]
    public async Task A_burn_that_was_cut_short_goes_on_and_what_is_missing_is_named()
    {
        using var line = new StubLine();
        await KillAfterBurnAsync(line);
        line.Board.Summary = Recorded.ReleaseSummary.Burn("JTAG_DISABLE", 0);
        var preview = await line.RehearseAsync();
        Assert.AreEqual(StartKind.GoOn, preview.Start.Kind);
        CollectionAssert.AreEqual(new[] { "JTAG_DISABLE" }, preview.Start.Missing.ToArray());
        CollectionAssert.AreEqual(new[] { StepNames.Watch, StepNames.Burn, StepNames.Verify, StepNames.Boot, StepNames.Record, StepNames.Label }, preview.Steps.Select(step => step.Name).ToArray());
        Assert.EndsWith("burn_efuse JTAG_DISABLE 1", preview.Steps[1].Calls.Single());
        Assert.Contains($"{line.Journal[^1].DeviceId}", preview.Start.Why);
    }

    [TestMethod]
    public async Task What_a_run_would_refuse_it_refuses_with_the_same_code()
    {
        using var line = new StubLine();
        line.Board.Summary = Recorded.FreshSummary.Burn("FLASH_CRYPT_CNT", 1);
        await RefuseAsync(line, "MKX-LINE-105");
        line.Board.Summary = Recorded.FreshSummary;
        await KillAfterBurnAsync(line);
        await RefuseAsync(line, "MKX-LINE-103", line.Request with { Policy = ProvisioningPolicy.Sealed });
        line.Board.Summary = Recorded.FreshSummary.BurnKey([.. Enumerable.Repeat((byte)1, 32)]);
        await RefuseAsync(line, "MKX-LINE-120");
        line.Board.Summary = Recorded.ReleaseSummary;
        await line.RunAsync();
        await RefuseAsync(line, "MKX-LINE-104");
    }

    private static async Task RefuseAsync(StubLine line, string code, ProvisioningRequest? request = null)
    {
        var before = line.Journal.Length;
        Assert.AreEqual(code, (await Assert.ThrowsExactlyAsync<LineException>(() => line.RehearseAsync(request))).Code);
        Assert.HasCount(before, line.Journal);
    }

    private static async Task KillAfterBurnAsync(StubLine line)
    {
        line.Progress.OnStarted = step => _ = step == StepNames.Verify ? throw new InvalidOperationException("killed") : step;
        await Assert.ThrowsExactlyAsync<InvalidOperationException>(line.RunAsync);
        line.Progress.OnStarted = null;
    }
}
