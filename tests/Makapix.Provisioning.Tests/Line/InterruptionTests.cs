using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Provisioning.Authority;
using Makapix.Provisioning.Chips;
using Makapix.Provisioning.Ledger;
using Makapix.Provisioning.Line;
using Makapix.VirtualEsp32.Power;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Line;

/// <summary>A run that dies, at every step and in every way, and the run after it. Never two good identities, never a lost board that is not called so.</summary>
[TestClass]
public sealed class InterruptionTests
{
    [TestMethod]
    [DataRow(StepNames.Identity)]
    [DataRow(StepNames.Write)]
    [DataRow(StepNames.Burn)]
    public async Task Killed_before_the_burn_the_line_starts_over_and_the_old_certificate_is_void(string step)
    {
        await using var bench = new LineBench();
        await KillAsync(bench, started: step);
        Assert.AreEqual(0u, bench.Chip.Efuses.Read("WR_DIS"));
        var device = await bench.ProvisionAsync();
        Assert.IsFalse(device.Resumed);
        RequireOneIdentity(bench, device);
    }

    [TestMethod]
    public async Task Board_whose_lock_was_lost_meanwhile_is_not_burned()
    {
        await using var bench = new LineBench();
        var held = Path.Combine(Workshop.AuthorityFolder, "ledger.db.locks", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"board {bench.Mac}"))));
        bench.Runner.After = call =>
        {
            if (call.Word() == "write_flash")
            {
                File.Delete(held);
            }
        };
        var lost = await Assert.ThrowsExactlyAsync<LedgerException>(() => bench.ProvisionAsync());
        Assert.AreEqual("MKX-LEDGER-026", lost.Code);
        Assert.AreEqual(0u, bench.Chip.Efuses.Read("WR_DIS"));
        bench.Runner.After = null;
        RequireOneIdentity(bench, await bench.ProvisionAsync());
    }

    [TestMethod]
    [DataRow(StepNames.Verify, ProvisioningPolicy.Release)]
    [DataRow(StepNames.Lock, ProvisioningPolicy.Sealed)]
    public async Task Killed_after_the_burn_the_next_run_finishes_the_same_device(string step, ProvisioningPolicy policy)
    {
        await using var bench = new LineBench();
        await KillAsync(bench, started: step, policy: policy);
        var identity = bench.Journal.Last(e => e.Serial is not null);
        var refused = await Assert.ThrowsExactlyAsync<LineException>(() => bench.ProvisionAsync(ProvisioningPolicy.Lab));
        Assert.AreEqual("MKX-LINE-103", refused.Code, "a burn is finished with its own policy only");
        var device = await bench.ProvisionAsync(policy);
        Assert.IsTrue(device.Resumed);
        Assert.AreEqual(identity.DeviceId, device.DeviceId);
        Assert.AreEqual(identity.Serial, device.Serial);
        RequireOneIdentity(bench, device);
    }

    [TestMethod]
    public async Task Burn_that_was_begun_for_something_else_is_not_finished_as_if_it_were_what_is_asked()
    {
        await using var bench = new LineBench();
        await KillAsync(bench, started: StepNames.Verify);
        var begun = bench.Journal.Last(e => e.Serial is not null);
        foreach (var (other, words) in new[]
        {
            (bench.Request() with { DeviceId = Guid.NewGuid() }, $"--device-id {begun.DeviceId}"),
            (bench.Request() with { BrokerHost = "other.makapix.test" }, "--broker broker.makapix.test:8883"),
            (bench.Request() with { BrokerPort = 8884 }, "--broker broker.makapix.test:8883"),
            (bench.Request() with { WifiSsid = "other" }, "--wifi-ssid 'makapix'"),
            (bench.Request() with { WifiSsid = null, WifiPassword = default }, "--wifi-ssid 'makapix'"),
        })
        {
            var refused = await Assert.ThrowsExactlyAsync<LineException>(() => bench.ProvisionAsync(other));
            Assert.AreEqual("MKX-LINE-103", refused.Code);
            StringAssert.Contains(refused.NextStep, words);
        }

        var device = await bench.ProvisionAsync(bench.Request() with { DeviceId = begun.DeviceId, BrokerHost = "Broker.Makapix.Test" });
        Assert.IsTrue(device.Resumed);
        Assert.AreEqual(begun.Serial, device.Serial);
    }

    [TestMethod]
    public async Task Device_without_a_network_is_finished_without_one()
    {
        await using var bench = new LineBench();
        var wired = bench.Request() with { WifiSsid = null, WifiPassword = default };
        bench.Progress.OnStarted = step => _ = step == StepNames.Verify ? throw new InvalidOperationException("killed") : step;
        await Assert.ThrowsExactlyAsync<InvalidOperationException>(() => bench.ProvisionAsync(wired));
        bench.Progress.OnStarted = null;
        var refused = await Assert.ThrowsExactlyAsync<LineException>(() => bench.ProvisionAsync());
        StringAssert.Contains(refused.NextStep, "without --wifi-ssid");
        Assert.IsTrue((await bench.ProvisionAsync(wired)).Resumed);
    }

    [TestMethod]
    public async Task Killed_with_a_signed_certificate_that_the_journal_does_not_know_it_is_voided_too()
    {
        await using var bench = new LineBench();
        var lost = await KillAsync(bench, done: e => e is { Step: StepNames.Plan, Event: JournalEvent.Done });
        var serial = Workshop.Authority.DrawSerial();
        using (var journal = LineJournal.Open(Workshop.Authority.Ledger, bench.Mac))
        {
            journal.Write(lost with { Step = StepNames.Identity, Event = JournalEvent.Begin, Serial = serial, Plan = null });
        }

        Workshop.Authority.IssueDevice(lost.DeviceId!.Value, serial).Dispose();
        var device = await bench.ProvisionAsync();
        Assert.AreNotEqual(lost.DeviceId, device.DeviceId);
        Assert.IsNotNull(LineBench.Certificate(serial).RevokedAt);
        RequireOneIdentity(bench, device);
    }

    [TestMethod]
    [DataRow(false, DisplayName = "refused in words")]
    [DataRow(true, DisplayName = "killed where it would have been issued")]
    public async Task Id_of_another_device_given_by_mistake_does_not_cost_that_device_its_certificate(bool killed)
    {
        await using var bench = new LineBench();
        using var other = Workshop.Authority.IssueDevice(Guid.NewGuid());
        var mistaken = bench.Request() with { DeviceId = other.DeviceId };
        bench.Keeps = killed ? Until(e => e is { Step: StepNames.Identity, Event: JournalEvent.Begin }) : null;
        var refused = await Assert.ThrowsExactlyAsync<AuthorityException>(() => bench.ProvisionAsync(mistaken));
        Assert.AreEqual("MKX-CA-013", refused.Code);
        bench.Keeps = null;

        var device = await bench.ProvisionAsync();
        Assert.AreNotEqual(other.DeviceId, device.DeviceId);
        Assert.IsNull(LineBench.Certificate(other.Serial).RevokedAt);
    }

    [TestMethod]
    public async Task Killed_behind_the_record_the_next_run_adds_nothing_to_it()
    {
        await using var bench = new LineBench { Keeps = Until(e => e is { Step: StepNames.Record, Event: JournalEvent.Begin }) };
        var device = await bench.ProvisionAsync();
        bench.Keeps = null;
        Assert.AreEqual(device.DeviceId, (await bench.ProvisionAsync()).DeviceId);
        using var view = Workshop.Authority.Ledger.Read();
        Assert.HasCount(1, view.About(device.DeviceId.ToString()).Where(entry => entry.Type == "device-recorded"));
        RequireOneIdentity(bench, device);
    }

    [TestMethod]
    public async Task Interrupted_by_the_operator_it_says_so_and_voids_at_once()
    {
        await using var bench = new LineBench();
        using var cancel = new CancellationTokenSource();
        await bench.PowerDownAsync();

        // In the middle of the write, however long it takes until there.
        bench.PowerUp(new ActAt(PowerOperation.SectorErase, () => _ = cancel.CancelAsync()));
        var interrupted = await Assert.ThrowsAsync<OperationCanceledException>(() => bench.ProvisionAsync(cancel: cancel.Token));
        Assert.IsNotNull(interrupted);
        var journal = bench.Journal;
        Assert.AreEqual(JournalEvent.Voided, journal[^1].Event);
        Assert.AreEqual("interrupted", journal[^2].Reason);
        Assert.IsNotNull(LineBench.Certificate(journal[^1].Serial!).RevokedAt);
        Assert.IsEmpty(Directory.GetDirectories(bench.State));
    }

    [TestMethod]
    [DataRow("burn_key", ProvisioningPolicy.Release)]
    [DataRow("burn_efuse", ProvisioningPolicy.Sealed)]
    public async Task Interrupted_inside_a_burn_it_says_that_it_waits_and_the_next_run_finishes(string command, ProvisioningPolicy policy)
    {
        await using var bench = new LineBench();
        using var cancel = new CancellationTokenSource();
        bench.Runner.Before = call =>
        {
            if (call.Word() == command)
            {
                cancel.Cancel();
            }
        };
        await Assert.ThrowsAsync<OperationCanceledException>(() => bench.ProvisionAsync(policy, cancel.Token));
        Assert.AreEqual(1, bench.Progress.Waits);
        Assert.AreEqual(127u, bench.Chip.Efuses.Read("FLASH_CRYPT_CNT"), "the burn was whole");
        Assert.AreEqual(policy == ProvisioningPolicy.Sealed ? 1u : 0u, bench.Chip.Efuses.Read("UART_DOWNLOAD_DIS"));
        Assert.Contains(e => e is { Event: JournalEvent.Failed, Reason: "interrupted" }, bench.Journal);
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    public async Task Power_cut_while_the_protecting_block_is_burned_the_next_run_burns_what_is_missing(int seed)
    {
        await using var bench = new LineBench();
        var identity = await CutAsync(bench, new CutAt(PowerOperation.EfuseBurn, 2, seed));
        var device = await bench.ProvisionAsync();
        Assert.IsTrue(device.Resumed);
        Assert.AreEqual(identity.Serial, device.Serial);
        Assert.AreEqual(127u, bench.Chip.Efuses.Read("FLASH_CRYPT_CNT"));
        Assert.AreEqual(0x88u, bench.Chip.Efuses.Read("WR_DIS"));
        RequireOneIdentity(bench, device);
    }

    [TestMethod]
    public async Task Power_cut_while_the_key_is_burned_the_board_is_scrap_and_its_certificate_void()
    {
        await using var bench = new LineBench();
        var identity = await CutAsync(bench, new CutAt(PowerOperation.EfuseBurn, 1, 7));
        var scrap = await Assert.ThrowsExactlyAsync<LineException>(() => bench.ProvisionAsync());
        Assert.AreEqual("MKX-LINE-120", scrap.Code);
        Assert.IsNotNull(LineBench.Certificate(identity.Serial!).RevokedAt);
        var still = await Assert.ThrowsExactlyAsync<LineException>(() => bench.ProvisionAsync());
        Assert.AreEqual("MKX-LINE-100", still.Code);
        Assert.AreEqual(0u, bench.Chip.Efuses.Read("FLASH_CRYPT_CNT"));
    }

    /// <summary>
    /// Kills the line as SIGKILL would: whatever it would still write into its journal after that moment is not written. (What it still does at
    /// the authority is done: the next run must cope with both.)
    /// </summary>
    private static async Task<JournalEntry> KillAsync(LineBench bench, string? started = null, Predicate<JournalEntry>? done = null, ProvisioningPolicy policy = ProvisioningPolicy.Release)
    {
        var dead = false;
        var reached = Until(done ?? (_ => false));
        bench.Keeps = entry => !dead && reached(entry);
        bench.Progress.OnStarted = step =>
        {
            if (step == (started ?? StepNames.Images))
            {
                dead = true;
                throw new InvalidOperationException("killed");
            }
        };
        await Assert.ThrowsExactlyAsync<InvalidOperationException>(() => bench.ProvisionAsync(policy));
        bench.Progress.OnStarted = null;
        bench.Keeps = null;
        return bench.Journal[^1];
    }

    /// <summary>The journal gets no more entries after the first of that kind.</summary>
    private static Predicate<JournalEntry> Until(Predicate<JournalEntry> last)
    {
        var dead = false;
        return entry =>
        {
            var keeps = !dead;
            dead |= last(entry);
            return keeps;
        };
    }

    private static async Task<JournalEntry> CutAsync(LineBench bench, IPowerSupply power)
    {
        await bench.PowerDownAsync();
        bench.PowerUp(power);
        await Assert.ThrowsExactlyAsync<ChipException>(() => bench.ProvisionAsync());
        await bench.PowerDownAsync();
        bench.PowerUp();
        return bench.Journal.Last(e => e.Serial is not null);
    }

    /// <summary>Of all certificates that were ever issued for this board, the device's is the only one that is good.</summary>
    private static void RequireOneIdentity(LineBench bench, ProvisionedDevice device)
    {
        var ids = bench.Journal.Where(e => e.DeviceId is not null).Select(e => e.DeviceId!.Value).Distinct();
        var good = ids.SelectMany(Certificates).Where(c => c.RevokedAt is null).Select(c => c.Serial).ToArray();
        CollectionAssert.AreEqual(new[] { device.Serial }, good);
    }

    private static System.Collections.Generic.IEnumerable<LedgerCertificate> Certificates(Guid device) =>
        CertificateAuthority.List(Workshop.AuthorityFolder).Where(c => c.CommonName == device.ToString());
}
