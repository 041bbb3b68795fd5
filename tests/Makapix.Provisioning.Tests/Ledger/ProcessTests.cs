using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Makapix.Provisioning.Ledger;
using Makapix.Provisioning.Ledger.Verification;
using Makapix.Provisioning.Tests.Authority;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Ledger;

/// <summary>Several processes at one ledger: they race for the same numbers, and die at any step.</summary>
[TestClass]
public sealed class ProcessTests
{
    private const int MostSteps = 40;

    public static IEnumerable<object[]> Databases => LedgerTests.Databases;

    [TestMethod]
    [DynamicData(nameof(Databases))]
    public async Task Of_two_processes_that_issue_the_same_serial_numbers_one_gets_each(DatabaseKind kind)
    {
        using var bench = new LedgerBench(kind, TimeProvider.System);
        var both = await Task.WhenAll(WriterProcess.RunAsync(bench.Words, "claim", 40), WriterProcess.RunAsync(bench.Words, "claim", 40));
        Assert.IsTrue(both.All(one => one.ExitCode == 0));
        var got = both.SelectMany(one => one.Lines).Where(line => line.StartsWith("got ", StringComparison.Ordinal)).ToArray();
        Assert.HasCount(40, got);
        CollectionAssert.AllItemsAreUnique(got);
        Assert.HasCount(40, both.SelectMany(one => one.Lines).Where(line => line.StartsWith("lost ", StringComparison.Ordinal)));
        Assert.HasCount(40, bench.Ask(view => view.Certificates().ToList()));
        bench.RequireWhole();
    }

    [TestMethod]
    [DynamicData(nameof(Databases))]
    public async Task A_process_killed_at_any_step_leaves_a_whole_ledger_with_all_that_it_had_committed(DatabaseKind kind)
    {
        using var folder = new TestFolder();
        var words = kind == DatabaseKind.Sqlite ? folder.At("ledger.db") : Postgres.Server.CreateDatabase();
        var committed = new HashSet<string>();
        var ended = -1;
        for (var step = 1; ended != 0; step++)
        {
            Assert.IsLessThan(MostSteps, step);
            var (exitCode, lines) = await WriterProcess.RunAsync(words, "die", step);
            ended = exitCode;
            Assert.IsTrue(ended is 0 or WriterProcess.Killed, $"step {step}: {exitCode}");
            committed.UnionWith(lines.Select(line => line["committed ".Length..]));
            RequireWhole(words, committed, step);
        }

        Assert.IsGreaterThan(8, committed.Count);
    }

    private static void RequireWhole(string words, HashSet<string> committed, int step)
    {
        try
        {
            using var ledger = DeviceLedger.Open(LedgerLocation.Parse(words, "/"));
            Assert.IsEmpty(LedgerVerifier.Verify(ledger).Findings, $"step {step}");
            using var view = ledger.Read();
            var devices = view.Devices().Select(device => device.Certificate.Serial).ToHashSet();
            Assert.IsTrue(committed.IsSubsetOf(devices), $"step {step}");

            // A commit that was not told of any more may be there; half of one may not.
            Assert.AreEqual(3 * devices.Count, view.Head?.Seq ?? 0, $"step {step}");
        }
        catch (LedgerException e) when (e.Code is "MKX-LEDGER-001" or "MKX-LEDGER-003" && committed.Count == 0)
        {
            // It died before there was a ledger.
        }
    }
}
