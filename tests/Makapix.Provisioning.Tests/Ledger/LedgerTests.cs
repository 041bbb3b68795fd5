using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Tasks;
using Makapix.Provisioning.Authority;
using Makapix.Provisioning.Chips;
using Makapix.Provisioning.Ledger;
using Makapix.Provisioning.Ledger.Events;
using Makapix.Provisioning.Line;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Ledger;

/// <summary>What a ledger is told and answers, in each database that it may lie in.</summary>
[TestClass]
public sealed class LedgerTests
{
    private static readonly Guid Id = Guid.Parse("6b1a6a52-7c1e-4a53-9a0b-0a2f3b1c4d5e");
    private const string Mac = "24:0a:c4:00:00:01";

    public static IEnumerable<object[]> Databases => Enum.GetValues<DatabaseKind>().Select(kind => new object[] { kind });

    [TestMethod]
    [DynamicData(nameof(Databases))]
    public void A_certificate_is_found_as_it_was_issued_and_revoked(DatabaseKind kind)
    {
        using var bench = new LedgerBench(kind);
        bench.Append(LedgerBench.Issued("01"), LedgerBench.Issued("02", "name-01"), LedgerBench.Issued("03"));
        bench.Clock.Now += TimeSpan.FromHours(1);
        bench.Append(new CertificateRevoked("02", X509RevocationReason.KeyCompromise));

        var first = bench.Ask(view => view.FindCertificate("01"));
        Assert.AreEqual(
            new LedgerCertificate("01", CertificateKind.Device, "name-01", LedgerBench.Issuer, LedgerBench.Start, LedgerBench.Start + TimeSpan.FromDays(365), new string('A', 64), LedgerBench.Start), first);
        var named = bench.Ask(view => view.CertificatesNamed("name-01"));
        CollectionAssert.AreEqual(new[] { "01", "02" }, named.Select(c => c.Serial).ToArray());
        Assert.AreEqual((bench.Clock.Now, X509RevocationReason.KeyCompromise), (named[1].RevokedAt, named[1].Reason));
        CollectionAssert.AreEqual(new[] { "02" }, bench.Ask(view => view.Revoked(LedgerBench.Issuer)).Select(c => c.Serial).ToArray());
        Assert.IsEmpty(bench.Ask(view => view.Revoked("4A01")));
        Assert.IsNull(bench.Ask(view => view.FindCertificate("04")));
    }

    [TestMethod]
    [DynamicData(nameof(Databases))]
    public void Certificates_are_listed_by_what_is_asked(DatabaseKind kind)
    {
        using var bench = new LedgerBench(kind);
        bench.Append(
            LedgerBench.Issued("01", days: 1), LedgerBench.Issued("02", days: 30), LedgerBench.Issued("03", kind: CertificateKind.Broker), LedgerBench.Issued("04", days: 30), new CertificateRevoked("04", X509RevocationReason.Superseded));
        var now = LedgerBench.Start + TimeSpan.FromDays(2);
        string Listed(CertificateQuery? query) => string.Join(' ', bench.Ask(view => view.Certificates(query).Select(c => c.Serial).ToArray()));

        Assert.AreEqual("01 02 03 04", Listed(null));
        Assert.AreEqual("03", Listed(new CertificateQuery(now) { Kind = CertificateKind.Broker }));
        Assert.AreEqual("02 03", Listed(new CertificateQuery(now) { State = CertificateState.Valid }));
        Assert.AreEqual("01", Listed(new CertificateQuery(now) { State = CertificateState.Expired }));
        Assert.AreEqual("04", Listed(new CertificateQuery(now) { State = CertificateState.Revoked }));
        Assert.AreEqual("02", Listed(new CertificateQuery(now) { ExpiringWithin = TimeSpan.FromDays(28) }));
    }

    [TestMethod]
    [DynamicData(nameof(Databases))]
    public void A_device_is_found_by_its_id_and_its_board(DatabaseKind kind)
    {
        using var bench = new LedgerBench(kind);
        bench.Append(LedgerBench.Issued("01"), LedgerBench.Recorded(Id, Mac, "01", "spring"));
        var device = bench.Ask(view => view.FindDevice(Id));
        Assert.AreEqual((Mac, "spring", DeviceState.Provisioned, "01"), (device!.Mac, device.Batch, device.State, device.Certificate.Serial));
        Assert.IsTrue(MacAddress.TryParse(Mac, out var mac));
        Assert.AreEqual(device, bench.Ask(view => view.DeviceOfBoard(mac)));

        bench.Clock.Now += TimeSpan.FromDays(1);
        bench.Append(new DeviceStateChanged(Id, DeviceState.Quarantined, "floods"), LedgerBench.Issued("02"), new DeviceCertified(Id, "02"));
        device = bench.Ask(view => view.FindDevice(Id));
        Assert.AreEqual((DeviceState.Quarantined, "02", bench.Clock.Now), (device!.State, device.Certificate.Serial, device.ChangedAt));
        CollectionAssert.AreEqual(
            new[] { "device-recorded", "device-state-changed", "device-certified" }, bench.Ask(view => view.About(Id.ToString())).Select(entry => entry.Type).ToArray());
    }

    [TestMethod]
    [DynamicData(nameof(Databases))]
    public void Devices_are_listed_by_what_is_asked(DatabaseKind kind)
    {
        using var bench = new LedgerBench(kind);
        for (var i = 1; i <= 4; i++)
        {
            var device = LedgerBench.Recorded(new Guid(i, 0, 0, new byte[8]), $"24:0a:c4:00:00:0{i}", $"0{i}", i == 4 ? "100%_new" : "old");
            bench.Append(LedgerBench.Issued($"0{i}", days: 10 * i), device with { Policy = i == 3 ? ProvisioningPolicy.Lab : ProvisioningPolicy.Release, Station = i == 2 ? "Bench-A" : null });
        }

        bench.Append(new DeviceStateChanged(new Guid(1, 0, 0, new byte[8]), DeviceState.Retired, "scrapped"), new CertificateRevoked("02", X509RevocationReason.CessationOfOperation));
        var now = LedgerBench.Start;
        string Listed(DeviceQuery? query) => string.Join(' ', bench.Ask(view => view.Devices(query).Select(d => d.Certificate.Serial).ToArray()));

        Assert.AreEqual("01 02 03 04", Listed(null));
        Assert.AreEqual("01 02", Listed(new DeviceQuery(now) { Limit = 2 }));
        Assert.AreEqual("01", Listed(new DeviceQuery(now) { State = DeviceState.Retired }));
        Assert.AreEqual("03", Listed(new DeviceQuery(now) { Policy = ProvisioningPolicy.Lab }));
        Assert.AreEqual("01 02 03", Listed(new DeviceQuery(now) { Batch = "old" }));
        Assert.AreEqual("01 03", Listed(new DeviceQuery(now) { ExpiringWithin = TimeSpan.FromDays(30) }));
        Assert.AreEqual("02", Listed(new DeviceQuery(now) { Text = "bENCH" }));
        Assert.AreEqual("03", Listed(new DeviceQuery(now) { Text = "00:03" }));
        Assert.AreEqual("04", Listed(new DeviceQuery(now) { Text = "0%_" }));
        Assert.AreEqual("", Listed(new DeviceQuery(now) { Text = "o_d" }));
        Assert.AreEqual("", Listed(new DeviceQuery(now) { Text = "' OR 1=1 --" }));
        CollectionAssert.AreEqual(new[] { ("old", 3L), ("100%_new", 1L) }, bench.Ask(view => view.Batches()).Select(b => (b.Name, b.Devices)).ToArray());
    }

    [TestMethod]
    [DynamicData(nameof(Databases))]
    public void The_journal_of_a_board_is_read_back_as_it_was_written(DatabaseKind kind)
    {
        using var bench = new LedgerBench(kind);
        var plan = new ProvisioningPlan(Mac, "ESP32", 4 << 20, ProvisioningPolicy.Release, "b.example:8883", "0.1.0", false, [], []) { WifiSsid = "Café \u0000 \"x\" 🙂" };
        var entries = new[]
        {
            new JournalEntry(LedgerBench.Start, Id, StepNames.Plan, JournalEvent.Done) { Plan = plan, PlanHash = plan.Hash() },
            new JournalEntry(LedgerBench.Start, Id, StepNames.Burn, JournalEvent.Begin) { DeviceId = Id, Serial = "01", NotAfter = LedgerBench.Start, KeyHash = "00", Reason = "r" },
        };
        bench.Append([new LineEntry("24:0a:c4:00:00:02", entries[1]), .. entries.Select(entry => new LineEntry(Mac, entry))]);
        Assert.IsTrue(MacAddress.TryParse(Mac, out var mac));
        var read = bench.Ask(view => view.Journal(mac));
        Assert.HasCount(2, read);
        Assert.AreEqual(plan.Hash(), read[0].Plan!.Hash());
        Assert.AreEqual(entries[1], read[1]);
    }

    [TestMethod]
    [DynamicData(nameof(Databases))]
    public void A_CRL_number_is_taken_once_and_only_upwards(DatabaseKind kind)
    {
        using var bench = new LedgerBench(kind);
        bench.Append(new CrlNumbered("4A00", 1), new CrlNumbered("4A00", 5), new CrlNumbered("4A01", 1));
        Assert.AreEqual((5L, 1L, 0L), bench.Ask(view => (view.CrlNumber("4A00"), view.CrlNumber("4A01"), view.CrlNumber("4A02"))));
        LedgerBench.Fails("032", () => bench.Append(new CrlNumbered("4A00", 5)));
        LedgerBench.Fails("032", () => bench.Append(new CrlNumbered("4A00", 4)));
    }

    public static IEnumerable<object[]> Contradictions =>
        Databases.SelectMany(kind => new (string, string, LedgerEvent)[]
        {
            ("a serial number twice", "030", LedgerBench.Issued("01")),
            ("a revocation of what was never issued", "031", new CertificateRevoked("99", X509RevocationReason.Unspecified)),
            ("a revocation twice", "031", new CertificateRevoked("02", X509RevocationReason.Unspecified)),
            ("a device id twice", "034", LedgerBench.Recorded(Id, "24:0a:c4:00:00:02", "03")),
            ("a board twice", "035", LedgerBench.Recorded(Guid.NewGuid(), Mac, "03")),
            ("a certificate of another device", "036", LedgerBench.Recorded(Guid.NewGuid(), "24:0a:c4:00:00:02", "01")),
            ("a certificate that was never issued", "037", LedgerBench.Recorded(Guid.NewGuid(), "24:0a:c4:00:00:02", "99")),
            ("a state of a device that there is not", "038", new DeviceStateChanged(Guid.NewGuid(), DeviceState.Retired, "r")),
            ("a renewal with another device's certificate", "036", new DeviceCertified(Id, "01")),
            ("a renewal with a certificate that was never issued", "037", new DeviceCertified(Id, "99")),
        }.Select(one => (object[])[kind[0], one.Item1, one.Item2, one.Item3]));

    [TestMethod]
    [DynamicData(nameof(Contradictions))]
    public void What_contradicts_the_ledger_is_refused_and_leaves_no_trace(DatabaseKind kind, string what, string code, object happened)
    {
        using var bench = new LedgerBench(kind);
        var head = bench.Append(
            LedgerBench.Issued("01"), LedgerBench.Issued("02"), LedgerBench.Issued("03"), LedgerBench.Recorded(Id, Mac, "01"), new CertificateRevoked("02", X509RevocationReason.Unspecified));
        using (var transaction = bench.Ledger.Begin())
        {
            transaction.Append(LedgerBench.Issued("04"));
            LedgerBench.Fails(code, () => transaction.Append((LedgerEvent)happened));
            Assert.ThrowsExactly<InvalidOperationException>(transaction.Commit, what);
        }

        Assert.AreEqual(head, bench.Ask(view => view.Head));
        Assert.IsNull(bench.Ask(view => view.FindCertificate("04")));
    }

    [TestMethod]
    [DynamicData(nameof(Databases))]
    public void What_is_not_committed_never_was(DatabaseKind kind)
    {
        using var bench = new LedgerBench(kind);
        using (var transaction = bench.Ledger.Begin())
        {
            transaction.Append(LedgerBench.Issued("01"));
            Assert.IsNotNull(transaction.FindCertificate("01"));
            Assert.IsNull(bench.Ask(view => view.FindCertificate("01")));
        }

        Assert.IsNull(bench.Ask(view => view.Head));
        Assert.AreEqual(1, bench.Append(LedgerBench.Issued("01")).Seq);
    }

    [TestMethod]
    [DynamicData(nameof(Databases))]
    public void A_view_stands_still_while_others_write(DatabaseKind kind)
    {
        using var bench = new LedgerBench(kind);
        bench.Append(LedgerBench.Issued("01"));
        using var before = bench.Ledger.Read();
        var head = before.Head;
        bench.Append(LedgerBench.Issued("02"));
        Assert.AreEqual(head, before.Head);
        Assert.IsNull(before.FindCertificate("02"));
        Assert.IsNotNull(bench.Ask(view => view.FindCertificate("02")));
    }

    [TestMethod]
    [DynamicData(nameof(Databases))]
    public void A_clock_that_was_set_back_or_jumped_is_refused_until_a_person_accepts_it(DatabaseKind kind)
    {
        using var bench = new LedgerBench(kind);
        bench.Append(LedgerBench.Issued("01"));
        foreach (var (code, far, near) in new[] { ("021", TimeSpan.FromSeconds(-301), TimeSpan.FromMinutes(-5)), ("022", TimeSpan.FromDays(90.1), TimeSpan.FromDays(90)) })
        {
            var newest = bench.Ask(view => view.Head)!.At;
            bench.Clock.Now = newest + far;
            Assert.Contains("makapix ledger accept-clock", LedgerBench.Fails(code, () => bench.Append(LedgerBench.Issued(code))).NextStep);
            bench.Append(new ClockAccepted("the battery was changed"), LedgerBench.Issued(code));
            bench.Clock.Now += near;
            bench.Append(LedgerBench.Issued(code + "0"));
        }
    }

    [TestMethod]
    [DynamicData(nameof(Databases))]
    public async Task Writers_in_parallel_lose_nothing_and_see_each_other(DatabaseKind kind)
    {
        using var bench = new LedgerBench(kind);

        // A ledger of its own for each writer, as every process has: they meet in the database alone.
        var writers = Enumerable.Range(0, 4).Select(writer => Task.Run(() =>
        {
            using var ledger = DeviceLedger.Open(bench.Location, bench.Options);
            for (var i = 0; i < 25; i++)
            {
                using var transaction = ledger.Begin();
                transaction.Append(new CrlNumbered("4A00", transaction.CrlNumber("4A00") + 1));
                transaction.Append(LedgerBench.Issued($"{writer:X2}{i:X2}"));
                transaction.Commit();
            }
        }));
        await Task.WhenAll(writers);
        Assert.AreEqual(100, bench.Ask(view => view.CrlNumber("4A00")));
        Assert.HasCount(100, bench.Ask(view => view.Certificates().ToList()));
        Assert.AreEqual(200, bench.Ask(view => view.Head!.Seq));
    }

    [TestMethod]
    [DynamicData(nameof(Databases))]
    public void A_writer_that_does_not_finish_is_named_after_a_while(DatabaseKind kind)
    {
        using var bench = new LedgerBench(kind);
        using var other = bench.Ledger.Begin();
        using var impatient = DeviceLedger.Open(bench.Location, bench.Options with { LockTimeout = TimeSpan.FromMilliseconds(50) });
        LedgerBench.Fails("010", () => impatient.Begin());
    }

    [TestMethod]
    [DynamicData(nameof(Databases))]
    public void A_lock_is_one_holders_and_outlives_transactions(DatabaseKind kind)
    {
        using var bench = new LedgerBench(kind);
        using var other = DeviceLedger.Open(bench.Location, bench.Options);
        using (var held = bench.Ledger.TryLock("board 1"))
        {
            Assert.IsNotNull(held);
            bench.Append(LedgerBench.Issued("01"));
            Assert.IsNull(other.TryLock("board 1"));
            using var neighbour = other.TryLock("board 2");
            Assert.IsNotNull(neighbour);
        }

        using var free = other.TryLock("board 1");
        Assert.IsNotNull(free);
    }

    [TestMethod]
    [DynamicData(nameof(Databases))]
    public void A_ledger_that_is_there_is_never_overwritten(DatabaseKind kind)
    {
        using var bench = new LedgerBench(kind);
        bench.Append(LedgerBench.Issued("01"));
        LedgerBench.Fails("002", () => DeviceLedger.Create(bench.Location, bench.Options));
        using var again = DeviceLedger.Open(bench.Location, bench.Options);
        Assert.AreEqual(bench.Ledger.Id, again.Id);
        using var view = again.Read();
        Assert.IsNotNull(view.FindCertificate("01"));
    }
}
