using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Makapix.Provisioning.Ledger;
using Makapix.Provisioning.Ledger.Databases;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Ledger;

/// <summary>The lock of a board: who has it, who has lost it, and what is no sign that somebody has it.</summary>
[TestClass]
public sealed class LockTests
{
    // Of this database alone: other tests share the server. To its end: what is told to end has its locks for a while yet.
    internal const string EndTheHolder = $"SELECT pg_terminate_backend(pid, 60000) {OfThisDatabase}";

    private const string OfThisDatabase = "FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";

    private const int NoSpace = 28;
    private const int InputOutput = 5;

    [TestMethod]
    [DynamicData(nameof(LedgerTests.Databases), typeof(LedgerTests))]
    public void Whoever_has_it_is_told_so_however_often_he_asks(DatabaseKind kind)
    {
        using var bench = new LedgerBench(kind);
        using var held = bench.Ledger.TryLock("board 1")!;
        using var neighbour = bench.Ledger.TryLock("board 2")!;
        held.RequireHeld();
        bench.Append(LedgerBench.Issued("01"));
        held.RequireHeld();
        neighbour.RequireHeld();
        Assert.IsNull(bench.Ledger.TryLock("board 1"));
    }

    [TestMethod]
    public void A_server_that_has_forgotten_it_is_noticed_although_all_else_works_on()
    {
        using var bench = new LedgerBench(DatabaseKind.Postgres);
        using var station = DeviceLedger.Open(bench.Location, bench.Options);
        using var held = bench.Ledger.TryLock("board 1")!;
        held.RequireHeld();
        bench.Tamper(EndTheHolder);
        bench.Append(LedgerBench.Issued("01"));
        LedgerBench.Fails("026", held.RequireHeld);
        using var taken = station.TryLock("board 1");
        Assert.IsNotNull(taken);
        taken.RequireHeld();
        LedgerBench.Fails("026", held.RequireHeld);
    }

    // A server frees what a closed connection held when it comes to it; who is given the board at once must not meet that.
    [TestMethod]
    public void A_server_has_forgotten_it_as_soon_as_it_is_let_go_of()
    {
        using var bench = new LedgerBench(DatabaseKind.Postgres);
        using var server = LedgerDatabase.Of(bench.Location, bench.Options).Connect();
        using var locks = server.CreateCommand();
        locks.CommandText = $"SELECT COUNT(*) {OfThisDatabase}";
        for (var time = 0; time < 50; time++)
        {
            var held = bench.Ledger.TryLock("board 1")!;
            Assert.AreEqual(1L, locks.ExecuteScalar());
            held.Dispose();
            Assert.AreEqual(0L, locks.ExecuteScalar(), $"time {time}");
        }
    }

    public static IEnumerable<object[]> Robberies =>
    [
        ["the file is gone", (string folder) => Directory.GetFiles(folder).ToList().ForEach(File.Delete)],
        ["another file is in its place", (string folder) => Directory.GetFiles(folder).ToList().ForEach(Replace)],
        ["the folder is gone", (string folder) => Directory.Delete(folder, recursive: true)],
    ];

    [TestMethod]
    [DynamicData(nameof(Robberies))]
    public void A_lock_whose_file_somebody_took_away_is_noticed(string what, Action<string> rob)
    {
        using var bench = new LedgerBench(DatabaseKind.Sqlite);
        using var held = bench.Ledger.TryLock("board 1")!;
        held.RequireHeld();
        rob(bench.Words + ".locks");
        Assert.Contains("was lost", LedgerBench.Fails("026", held.RequireHeld).Cause, what);
    }

    [TestMethod]
    [DataRow(NoSpace, "009")]
    [DataRow(InputOutput, "014")]
    [DataRow(0, "008", DisplayName = "any other")]
    public void A_disk_that_fails_is_not_taken_for_another_line(int error, string code)
    {
        using var bench = new LedgerBench(DatabaseKind.Sqlite);
        using var failing = DeviceLedger.Open(bench.Location, bench.Options with { BeforeWrite = step => throw new IOException(step, error) });
        LedgerBench.Fails(code, () => failing.TryLock("board 1"));
        using var free = bench.Ledger.TryLock("board 1");
        Assert.IsNotNull(free);
    }

    [TestMethod]
    public void A_lock_file_of_another_user_is_not_taken_for_another_line()
    {
        using var bench = new LedgerBench(DatabaseKind.Sqlite);
        bench.Ledger.TryLock("board 1")!.Dispose();
        PlainUser.Run(bench.Words + ".locks", () =>
        {
            LedgerBench.Fails("008", () => bench.Ledger.TryLock("board 1"));
            LedgerBench.Fails("008", () => bench.Ledger.TryLock("board 2"));
        });
    }

    [TestMethod]
    public void A_file_in_the_place_of_the_locks_is_not_taken_for_another_line()
    {
        using var bench = new LedgerBench(DatabaseKind.Sqlite);
        File.WriteAllText(bench.Words + ".locks", "");
        LedgerBench.Fails("008", () => bench.Ledger.TryLock("board 1"));
    }

    private static void Replace(string file)
    {
        File.Delete(file);
        File.WriteAllText(file, "");
    }
}
