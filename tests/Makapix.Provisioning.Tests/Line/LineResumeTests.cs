using System;
using System.Linq;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Tasks;
using Makapix.Provisioning.Images;
using Makapix.Provisioning.Line;
using Makapix.Provisioning.Tests.Chips;
using Makapix.Provisioning.Tests.Images.Signing;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Line;

/// <summary>Whatever a run died at, its journal knows how to go on, without being told again what was asked for.</summary>
[TestClass]
public sealed class LineResumeTests
{
    [TestMethod]
    [DataRow(StepNames.Watch, true)]
    [DataRow(StepNames.Identity, true)]
    [DataRow(StepNames.Images, true)]
    [DataRow(StepNames.Encrypt, true)]
    [DataRow(StepNames.Write, true)]
    [DataRow(StepNames.Burn, true)]
    [DataRow(StepNames.Verify, false)]
    [DataRow(StepNames.Boot, false)]
    [DataRow(StepNames.Record, false)]
    public async Task Run_that_died_at_any_step_is_finished_by_its_own_plan(string step, bool startsOver)
    {
        using var line = new StubLine();
        var asked = line.Request with { Batch = "spring", WifiSsid = "makapix", WifiPassword = "password"u8.ToArray() };
        await DieAsync(line, step, asked);
        var begun = line.Journal.Last(entry => entry.DeviceId is not null).DeviceId!.Value;

        var unfinished = await line.FindAsync();
        Assert.AreEqual(startsOver, unfinished.StartsOver);
        var request = unfinished.Request!;
        Assert.AreEqual((asked.Policy, asked.Broker, asked.WifiSsid, asked.Batch, begun), (request.Policy, request.Broker, request.WifiSsid, request.Batch, request.DeviceId));
        Assert.IsTrue(request.WifiPassword.IsEmpty, "it is written down nowhere");

        var device = await line.RunAsync(startsOver ? request with { WifiPassword = asked.WifiPassword } : request);
        Assert.AreEqual((begun, !startsOver), (device.DeviceId, device.Resumed));
        Assert.IsNotNull(device.FirstBoot);
        using var view = Workshop.Authority.Ledger.Read();
        Assert.AreEqual("spring", view.DeviceOfBoard(line.Board.Mac)!.Batch);
    }

    [TestMethod]
    public async Task Finished_board_and_one_that_nobody_began_have_nothing_to_resume()
    {
        using var line = new StubLine();
        var fresh = await line.FindAsync();
        Assert.IsNull(fresh.Request);
        Assert.Contains("no run has begun", fresh.What);

        var device = await line.RunAsync();
        var done = await line.FindAsync();
        Assert.IsNull(done.Request);
        Assert.Contains($"{device.DeviceId}", done.What);
    }

    [TestMethod]
    public async Task Board_whose_key_is_burned_in_part_is_refused_by_the_run_that_resumes_it()
    {
        using var line = new StubLine();
        await DieAsync(line, StepNames.Verify, line.Request);
        line.Board.Summary = Recorded.FreshSummary.BurnKey([.. Enumerable.Repeat((byte)1, 32)]);
        var unfinished = await line.FindAsync();
        Assert.IsFalse(unfinished.StartsOver);
        Assert.AreEqual("MKX-LINE-120", (await Assert.ThrowsExactlyAsync<LineException>(() => line.RunAsync(unfinished.Request!))).Code);
        Assert.AreEqual(X509RevocationReason.KeyCompromise, LineBench.Certificate(line.Journal.Last(entry => entry.Serial is not null).Serial!).Reason, "a part of the flash key can be read");
        Assert.AreEqual("MKX-LINE-100", (await Assert.ThrowsExactlyAsync<LineException>(line.FindAsync)).Code);
    }

    [TestMethod]
    public async Task Burn_that_never_reached_the_chip_starts_over()
    {
        using var line = new StubLine();
        await DieAsync(line, StepNames.Verify, line.Request);
        line.Board.Summary = Recorded.FreshSummary;
        Assert.IsTrue((await line.FindAsync()).StartsOver, "so the Wi-Fi password is asked for");
    }

    [TestMethod]
    public async Task Bundle_of_another_signing_key_than_was_asked_for_is_not_smuggled_in_by_a_resume()
    {
        using var line = new StubLine();
        await DieAsync(line, StepNames.Write, line.Request);
        var signed = FirmwareBundle.Load(await SigningBench.SignedAsync());
        var refused = await Assert.ThrowsExactlyAsync<LineException>(() => line.FindAsync(signed));
        Assert.AreEqual("MKX-LINE-125", refused.Code);
        Assert.Contains(signed.SigningKeyDigest!, refused.Cause);
    }

    private static async Task DieAsync(StubLine line, string step, ProvisioningRequest request)
    {
        line.Progress.OnStarted = started => _ = started == step ? throw new InvalidOperationException("killed") : started;
        await Assert.ThrowsExactlyAsync<InvalidOperationException>(() => line.RunAsync(request));
        line.Progress.OnStarted = null;
    }
}
