using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Makapix.LedgerWriter;
using Makapix.Provisioning.Ledger;
using Makapix.Provisioning.Ledger.Verification;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Ledger;

/// <summary>A ledger of today that the makapix of tomorrow opens: brought up to date once, whole or not at all, and no longer written to by the old one.</summary>
[TestClass]
public sealed class UpgradeTests
{
    private const int MostSteps = 10;
    private const int Openers = 3;

    public static IEnumerable<object[]> Databases => LedgerTests.Databases;

    [TestMethod]
    [DynamicData(nameof(Databases))]
    public async Task Whoever_opens_it_at_the_same_moment_finds_it_brought_up_to_date_once(DatabaseKind kind)
    {
        using var bench = new LedgerBench(kind, TimeProvider.System);
        var head = bench.Append(LedgerBench.Issued("01"), LedgerBench.Recorded(Guid.NewGuid(), "board 1", "01"));
        var processes = Enumerable.Range(0, Openers).Select(_ => WriterProcess.RunAsync(bench.Words, "upgrade", 0));
        var threads = Enumerable.Range(0, Openers).Select(_ => Task.Run(() => (ExitCode: 0, Lines: new[] { $"opened {Open(bench)}" })));
        foreach (var (exitCode, lines) in await Task.WhenAll(processes.Concat(threads)))
        {
            Assert.AreEqual(0, exitCode);
            CollectionAssert.AreEqual(new[] { $"opened {bench.Ledger.Id}" }, lines);
        }

        using var tomorrow = DeviceLedger.Open(bench.Location, Later(bench));
        Assert.AreEqual("", Findings(tomorrow));
        using (var transaction = tomorrow.Begin())
        {
            Assert.AreEqual(head, transaction.Head);
            transaction.Append(LedgerBench.Issued("02"));
            transaction.Commit();
        }

        // Who has it open since yesterday, and who comes with yesterday's program.
        LedgerBench.Fails("004", () => bench.Append(LedgerBench.Issued("03")));
        LedgerBench.Fails("004", () => DeviceLedger.Open(bench.Location, bench.Options));
        Assert.AreEqual("", Findings(tomorrow));
    }

    [TestMethod]
    [DynamicData(nameof(Databases))]
    public async Task Killed_in_the_middle_it_leaves_the_ledger_of_before(DatabaseKind kind)
    {
        using var bench = new LedgerBench(kind, TimeProvider.System);
        var head = bench.Append(LedgerBench.Issued("01"), LedgerBench.Recorded(Guid.NewGuid(), "board 1", "01"));
        var step = 1;
        while ((await WriterProcess.RunAsync(bench.Words, "upgrade", step)).ExitCode is var ended && ended != 0)
        {
            Assert.AreEqual(WriterProcess.Killed, ended, $"step {step}");
            RequireAsBefore(bench, head);
            head = bench.Append(LedgerBench.Issued($"A{step:X3}"));
            Assert.IsLessThan(MostSteps, ++step);
        }

        Assert.AreEqual(4, step, "the tables, the version, the commit");
        using var tomorrow = DeviceLedger.Open(bench.Location, Later(bench));
        Assert.AreEqual("", Findings(tomorrow));
        using var view = tomorrow.Read();
        Assert.AreEqual(head, view.Head);
    }

    [TestMethod]
    [DynamicData(nameof(Databases))]
    public void A_step_that_fails_leaves_nothing_of_those_before_it(DatabaseKind kind)
    {
        using var bench = new LedgerBench(kind, TimeProvider.System);
        var head = bench.Append(LedgerBench.Issued("01"));
        var later = Later(bench);
        LedgerBench.Fails("018", () => DeviceLedger.Open(bench.Location, later with { Schema = later.Schema.Add("CREATE TABLE audit (seq BIGINT)") }));
        RequireAsBefore(bench, head);
    }

    private static LedgerOptions Later(LedgerBench bench) => bench.Options with { Schema = bench.Options.Schema.Add(Tomorrow.Schema) };

    private static Guid Open(LedgerBench bench)
    {
        using var ledger = DeviceLedger.Open(bench.Location, Later(bench));
        return ledger.Id;
    }

    private static void RequireAsBefore(LedgerBench bench, LedgerHead head)
    {
        using var ledger = DeviceLedger.Open(bench.Location, bench.Options);
        Assert.AreEqual("", Findings(ledger));
        using var view = ledger.Read();
        Assert.AreEqual(head, view.Head);
    }

    private static string Findings(DeviceLedger ledger) => string.Join('\n', LedgerVerifier.Verify(ledger).Findings);
}
