using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Makapix.Provisioning.Ledger;
using Makapix.Provisioning.Ledger.Databases;
using Makapix.Provisioning.Ledger.Verification;
using Makapix.Provisioning.Tests.Authority;
using Makapix.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Ledger;

/// <summary>What becomes of a ledger when what lies under it fails.</summary>
[TestClass]
public sealed class FaultTests
{
    [TestMethod]
    public void A_full_disk_costs_the_transaction_and_nothing_else()
    {
        using var bench = new LedgerBench(DatabaseKind.Sqlite);
        using var full = DeviceLedger.Open(bench.Location, bench.Options with { MaxPages = 40 });
        var written = 0;
        LedgerBench.Fails("009", () =>
        {
            for (; written < 1000; written++)
            {
                using var transaction = full.Begin();
                transaction.Append(LedgerBench.Issued($"{written:X4}", new string('n', 500)));
                transaction.Append(LedgerBench.Issued($"A{written:X4}", new string('n', 500)));
                transaction.Commit();
            }
        });
        Assert.IsGreaterThan(2, written);
        Assert.AreEqual(2L * written, bench.Ask(view => view.Head!.Seq));
        bench.RequireWhole();

        // Space was made: the same ledger goes on.
        bench.Append(LedgerBench.Issued("FFFF"));
    }

    // Seen on a file system of 600 KB: 10 and 4874, when 24 KB were left. The same number alone is a disk that fails.
    [TestMethod]
    [DataRow(4874, "009", DisplayName = "no room beside the ledger")]
    [DataRow(778, "014", DisplayName = "the disk fails")]
    public void A_disk_that_is_full_when_the_ledger_is_opened_is_no_broken_disk(int extended, string code)
    {
        var failure = new SqliteLedger("ledger.db", new LedgerOptions()).Translate(new SqliteException("disk I/O error", 10, extended), committing: false);
        Assert.AreEqual($"MKX-LEDGER-{code}", failure.Code);
    }

    // SQLite says that a file cannot be written when it was taken away between its opening and its first use.
    [TestMethod]
    [DataRow(8, 1032, true, "008", DisplayName = "there, and not to be written")]
    [DataRow(8, 1032, false, "001", DisplayName = "taken away while it was opened")]
    [DataRow(14, 14, false, "001", DisplayName = "taken away before it was opened")]
    public void A_ledger_that_was_taken_away_is_not_one_that_cannot_be_written(int error, int extended, bool there, string code)
    {
        using var folder = new TestFolder();
        if (there)
        {
            File.WriteAllText(folder.At("ledger.db"), "");
        }

        var failure = new SqliteLedger(folder.At("ledger.db"), new LedgerOptions()).Translate(new SqliteException("attempt to write a readonly database", error, extended), committing: false);
        Assert.AreEqual($"MKX-LEDGER-{code}", failure.Code);
    }

    [TestMethod]
    public void A_folder_that_cannot_be_written_is_named()
    {
        using var bench = new LedgerBench(DatabaseKind.Sqlite);
        bench.Append(LedgerBench.Issued("01"));
        bench.Ledger.Dispose();
        var folder = Path.GetDirectoryName(bench.Words)!;
        PlainUser.Run(folder, () =>
        {
            LedgerBench.Fails("008", () =>
            {
                using var ledger = DeviceLedger.Open(bench.Location, bench.Options);
                using var transaction = ledger.Begin();
                transaction.Append(LedgerBench.Issued("02"));
                transaction.Commit();
            });
            LedgerBench.Fails("008", () => DeviceLedger.Create(LedgerLocation.Sqlite(Path.Combine(folder, "other.db")), bench.Options));
        });
        using var again = DeviceLedger.Open(bench.Location, bench.Options);
        using var view = again.Read();
        Assert.AreEqual(1, view.Head!.Seq);
        Assert.IsEmpty(Directory.GetFiles(folder, "*.new"));
    }

    public static IEnumerable<object?[]> NoLedgers =>
    [
        ["001", null],
        ["003", Array.Empty<byte>()],
        ["005", Enumerable.Range(0, 8192).Select(i => (byte)(i * 7)).ToArray()],
        ["005", "SQLite format 3\0garbage follows, and more of it, and more of it, and more of it, and more of it, and more of it"u8.ToArray()],
    ];

    [TestMethod]
    [DynamicData(nameof(NoLedgers))]
    public void What_is_no_ledger_is_refused(string code, byte[]? content)
    {
        using var folder = new TestFolder();
        if (content is not null)
        {
            File.WriteAllBytes(folder.At("ledger.db"), content);
        }

        LedgerBench.Fails(code, () => DeviceLedger.Open(LedgerLocation.Sqlite(folder.At("ledger.db"))));
    }

    [TestMethod]
    [DynamicData(nameof(LedgerTests.Databases), typeof(LedgerTests))]
    public void A_ledger_of_a_newer_makapix_is_refused(DatabaseKind kind)
    {
        using var bench = new LedgerBench(kind);
        bench.Tamper("UPDATE meta SET value = '99' WHERE name = 'version'");
        LedgerBench.Fails("004", () => DeviceLedger.Open(bench.Location, bench.Options));
        bench.Tamper("UPDATE meta SET value = 'one' WHERE name = 'version'");
        LedgerBench.Fails("005", () => DeviceLedger.Open(bench.Location, bench.Options));
    }

    [TestMethod]
    public void Bytes_changed_anywhere_in_the_file_are_found_or_change_nothing()
    {
        using var bench = new LedgerBench(DatabaseKind.Sqlite);
        bench.Append([.. Enumerable.Range(1, 40).Select(i => LedgerBench.Issued($"{i:X4}"))]);
        var before = bench.Ask(view => view.Audit().ToList());
        bench.Ledger.Dispose();
        var whole = File.ReadAllBytes(bench.Words);
        var found = 0;
        for (var at = 0; at < whole.Length; at += 397)
        {
            var damaged = whole.ToArray();
            damaged.AsSpan(at, Math.Min(16, whole.Length - at)).Fill(0x5A);
            File.WriteAllBytes(bench.Words, damaged);
            found += IsFound(bench, before) ? 1 : 0;
        }

        Assert.IsGreaterThan(20, found);
    }

    [TestMethod]
    public void A_journal_cut_short_at_any_length_leaves_the_entries_before_the_cut()
    {
        using var bench = new LedgerBench(DatabaseKind.Sqlite);
        var heads = Enumerable.Range(1, 8).Select(i => bench.Append(LedgerBench.Issued($"{i:X4}"))).ToArray();

        // As a power cut leaves them: the ledger is open, so its newest entries are in the journal alone.
        var (file, journal) = (File.ReadAllBytes(bench.Words), File.ReadAllBytes(bench.Words + "-wal"));
        using var folder = new TestFolder();
        var newest = 0L;
        foreach (var length in Enumerable.Range(0, journal.Length / 512).Select(i => i * 512).Append(journal.Length))
        {
            var copy = folder.At($"{length}.db");
            File.WriteAllBytes(copy, file);
            File.WriteAllBytes(copy + "-wal", journal[..length]);
            using var ledger = DeviceLedger.Open(LedgerLocation.Sqlite(copy), bench.Options);
            Assert.IsTrue(LedgerVerifier.Verify(ledger).Whole, $"{length} bytes");
            using var view = ledger.Read();
            var seq = view.Head?.Seq ?? 0;
            Assert.IsGreaterThanOrEqualTo(newest, seq, $"{length} bytes");
            Assert.AreEqual(seq == 0 ? null : heads[seq - 1], view.Head, $"{length} bytes");
            newest = seq;
        }

        Assert.AreEqual(8, newest);
    }

    [TestMethod]
    public void A_server_lost_in_the_middle_of_a_transaction_costs_the_transaction_and_nothing_else()
    {
        using var server = new PostgresServer();
        server.Start();
        var location = LedgerLocation.Parse(server.CreateDatabase(), "/");
        using var ledger = DeviceLedger.Create(location);
        using (var transaction = ledger.Begin())
        {
            transaction.Append(LedgerBench.Issued("01"));
            transaction.Commit();
        }

        using (var held = ledger.TryLock("board 1"))
        using (var transaction = ledger.Begin())
        {
            transaction.Append(LedgerBench.Issued("02"));
            server.Kill();
            Assert.IsTrue(LedgerBench.Fails("015", () => transaction.Append(LedgerBench.Issued("03"))).NextStep.Contains("nothing of it was written down", StringComparison.Ordinal));
        }

        LedgerBench.Fails("015", () => ledger.Begin());
        LedgerBench.Fails("015", () => ledger.TryLock("board 1"));
        server.Start();
        using (var view = ledger.Read())
        {
            Assert.IsNull(view.FindCertificate("02"));
        }

        using (var transaction = ledger.Begin())
        {
            Assert.AreEqual(2, transaction.Append(LedgerBench.Issued("02")).Seq);
            server.Kill();
            LedgerBench.Fails("016", transaction.Commit);
        }

        server.Start();
        Assert.IsTrue(LedgerVerifier.Verify(ledger).Whole);
        using var free = ledger.TryLock("board 1");
        Assert.IsNotNull(free);
    }

    [TestMethod]
    public void A_database_that_there_is_not_is_named() =>
        LedgerBench.Fails("001", () => DeviceLedger.Open(LedgerLocation.Parse(Postgres.Server.CreateDatabase().Replace("Database=ledger", "Database=no", StringComparison.Ordinal), "/")));

    [TestMethod]
    public void A_user_whom_the_server_does_not_know_is_named() =>
        LedgerBench.Fails("017", () => DeviceLedger.Open(LedgerLocation.Parse(Postgres.Server.CreateDatabase().Replace("Username=makapix", "Username=nobody", StringComparison.Ordinal), "/")));

    private static bool IsFound(LedgerBench bench, List<AuditEntry> before)
    {
        try
        {
            using var ledger = DeviceLedger.Open(bench.Location, bench.Options);
            if (!LedgerVerifier.Verify(ledger).Whole)
            {
                return true;
            }

            // It hit what nothing is in.
            using var view = ledger.Read();
            CollectionAssert.AreEqual(before, view.Audit().ToList());
            return false;
        }
        catch (LedgerException)
        {
            return true;
        }
    }
}
