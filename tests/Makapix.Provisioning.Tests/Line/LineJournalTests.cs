using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Makapix.Provisioning.Chips;
using Makapix.Provisioning.Ledger;
using Makapix.Provisioning.Line;
using Makapix.Provisioning.Tests.Ledger;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Line;

/// <summary>The journal of a board, in each database that a ledger may lie in.</summary>
[TestClass]
public sealed class LineJournalTests
{
    private static readonly MacAddress Mac = new(0x240AC4123456);

    public static IEnumerable<object[]> Databases => LedgerTests.Databases;

    [TestMethod]
    [DynamicData(nameof(Databases))]
    public void Entries_are_there_again_after_reopening(DatabaseKind kind)
    {
        using var bench = new LedgerBench(kind);
        var entry = new JournalEntry(DateTimeOffset.UnixEpoch, Guid.NewGuid(), StepNames.Burn, JournalEvent.Begin) { DeviceId = Guid.NewGuid(), Serial = "01", KeyHash = "ff", NotAfter = DateTimeOffset.UnixEpoch };
        using (var journal = LineJournal.Open(bench.Ledger, Mac))
        {
            journal.Write(entry);
        }

        using var again = LineJournal.Open(bench.Ledger, Mac);
        CollectionAssert.AreEqual(new[] { entry }, again.Entries.ToArray());
        using var neighbour = LineJournal.Open(bench.Ledger, new MacAddress(0x240AC4123457));
        Assert.IsEmpty(neighbour.Entries);
    }

    [TestMethod]
    [DataRow("audit")]
    [DataRow("tables")]
    [DataRow("commit")]
    public void Disk_that_fails_in_the_middle_of_an_entry_leaves_no_part_of_it(string step)
    {
        using var bench = new LedgerBench(DatabaseKind.Sqlite);
        var fail = false;
        using var ledger = DeviceLedger.Open(bench.Location, bench.Options with { BeforeWrite = at => { if (fail && at == step) { throw new IOException("disk full"); } } });
        using (var journal = LineJournal.Open(ledger, Mac))
        {
            journal.Write(Entry(StepNames.Plan));
            fail = true;
            Assert.ThrowsExactly<IOException>(() => journal.Write(Entry(StepNames.Burn)));
            fail = false;
            journal.Write(Entry(StepNames.Verify));
        }

        using var again = LineJournal.Open(ledger, Mac);
        CollectionAssert.AreEqual(new[] { StepNames.Plan, StepNames.Verify }, again.Entries.Select(e => e.Step).ToArray());
    }

    [TestMethod]
    [DataRow("{}")]
    [DataRow("")]
    [DataRow("garbage")]
    [DataRow("{\"board\":\"24:0a:c4:12:34:56\",\"entry\":{\"at\":\"1970-01-01T00:00:00+00:00\",\"run\":\"00000000-0000-0000-0000-000000000000\",\"step\":\"burn\",\"event\":\"begin\",\"unknown\":1}}")]
    [DataRow("{\"board\":\"24:0a:c4:12:34:56\",\"entry\":{\"at\":\"1970-01-01T00:00:00+00:00\",\"run\":\"00000000-0000-0000-0000-000000000000\",\"step\":\"burn\",\"event\":\"undone\"}}")]
    public void Damaged_journal_is_refused_with_its_entry(string data)
    {
        using var bench = new LedgerBench(DatabaseKind.Sqlite);
        using (var journal = LineJournal.Open(bench.Ledger, Mac))
        {
            journal.Write(Entry(StepNames.Plan));
            journal.Write(Entry(StepNames.Burn));
        }

        bench.Tamper($"UPDATE audit SET data = '{data}' WHERE seq = 2");
        Assert.Contains("entry 2 ", LedgerBench.Fails("012", () => LineJournal.Open(bench.Ledger, Mac)).Cause);

        // The board is free again for whoever has restored it.
        using var free = bench.Ledger.TryLock($"board {Mac}");
        Assert.IsNotNull(free);
    }

    [TestMethod]
    [DynamicData(nameof(Databases))]
    public void Two_lines_cannot_work_on_one_board(DatabaseKind kind)
    {
        using var bench = new LedgerBench(kind);
        using var station = DeviceLedger.Open(bench.Location, bench.Options);
        using var first = LineJournal.Open(bench.Ledger, Mac);
        Assert.AreEqual("MKX-LINE-110", Assert.ThrowsExactly<LineException>(() => LineJournal.Open(station, Mac)).Code);
    }

    private static JournalEntry Entry(string step) => new(DateTimeOffset.UnixEpoch, Guid.Empty, step, JournalEvent.Done);
}
