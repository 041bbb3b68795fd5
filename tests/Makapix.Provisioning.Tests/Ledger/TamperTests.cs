using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography.X509Certificates;
using Makapix.Provisioning.Authority;
using Makapix.Provisioning.Ledger;
using Makapix.Provisioning.Ledger.Events;
using Makapix.Provisioning.Ledger.Heads;
using Makapix.Provisioning.Ledger.Verification;
using Makapix.Provisioning.Line;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Ledger;

/// <summary>Somebody has the database, and changes what it says. The verifier finds it, and says where.</summary>
[TestClass]
public sealed class TamperTests
{
    private const string Mac = "24:0a:c4:00:00:01";
    private const string Zeros = "0000000000000000000000000000000000000000000000000000000000000000";
    private static readonly Guid Id = Guid.Parse("6b1a6a52-7c1e-4a53-9a0b-0a2f3b1c4d5e");
    private static readonly Guid Other = Guid.Parse("7b1a6a52-7c1e-4a53-9a0b-0a2f3b1c4d5e");

    // Entries: 1 certificate 01, 2 certificate 02, 3 device of 01, 4 device of 02, 5 revoked 02, 6 line, 7 line, 8 CRL, 9 quarantined, 10 CRL.
    private static readonly LedgerEvent[] History =
    [
        LedgerBench.Issued("01"),
        LedgerBench.Issued("02"),
        LedgerBench.Recorded(Id, Mac, "01", "spring") with { Policy = ProvisioningPolicy.Lab },
        LedgerBench.Recorded(Other, "24:0a:c4:00:00:02", "02"),
        new CertificateRevoked("02", X509RevocationReason.KeyCompromise),
        new LineEntry(Mac, new JournalEntry(LedgerBench.Start, Id, StepNames.Burn, JournalEvent.Begin)),
        new LineEntry(Mac, new JournalEntry(LedgerBench.Start, Id, StepNames.Burn, JournalEvent.Done)),
        new CrlNumbered("4A00", 1),
        new DeviceStateChanged(Other, DeviceState.Quarantined, "floods"),
        new CrlNumbered("4A00", 2),
    ];

    private static readonly CertificateIssued AuditLeaf = LedgerBench.Issued("4A0F", "audit_test", CertificateKind.AuditSigner);

    private static readonly (string Attack, string Sql, string Table, string Key)[] Attacks =
    [
        ("data of an entry changed", "UPDATE audit SET data = REPLACE(data, 'name-01', 'name-0X') WHERE seq = 1", "audit", "1"),
        ("another actor", "UPDATE audit SET actor = 'nobody' WHERE seq = 4", "audit", "4"),
        ("another time", "UPDATE audit SET at = at - 1 WHERE seq = 5", "audit", "5"),
        ("another type", "UPDATE audit SET type = 'clock-accepted' WHERE seq = 9", "audit", "9"),
        ("a type that there is not", "UPDATE audit SET type = 'pardoned' WHERE seq = 5", "audit", "5"),
        ("another subject", "UPDATE audit SET subject = '01' WHERE seq = 5", "audit", "5"),
        ("another hash", $"UPDATE audit SET hash = '{Zeros}' WHERE seq = 3", "audit", "3"),
        ("no hash", "UPDATE audit SET hash = 'none' WHERE seq = 3", "audit", "3"),
        ("the first entry deleted", "DELETE FROM audit WHERE seq = 1", "audit", "1"),
        ("entries in the middle deleted", "DELETE FROM audit WHERE seq BETWEEN 4 AND 6", "audit", "4"),
        ("an entry deleted, the later ones moved up", "DELETE FROM audit WHERE seq = 9; UPDATE audit SET seq = 9 WHERE seq = 10", "audit", "9"),
        ("two entries in each other's place", "UPDATE audit SET seq = 99 WHERE seq = 6; UPDATE audit SET seq = 6 WHERE seq = 7; UPDATE audit SET seq = 7 WHERE seq = 99", "audit", "6"),
        ("an entry added", $"INSERT INTO audit (seq, at, actor, type, subject, data, hash) SELECT 11, at, actor, 'clock-accepted', 'clock', '{{\"reason\":\"r\"}}', '{Zeros}' FROM audit WHERE seq = 10", "audit", "11"),
        ("every entry deleted", "DELETE FROM audit", "certificates", "01"),
        ("a revocation undone", "UPDATE certificates SET revoked_seq = NULL, revoked_at = NULL, reason = NULL WHERE serial = '02'", "certificates", "02"),
        ("a revocation moved to another certificate", "UPDATE certificates SET revoked_seq = NULL WHERE serial = '02'; UPDATE certificates SET revoked_seq = 5 WHERE serial = '01'", "certificates", "01"),
        ("another reason", "UPDATE certificates SET reason = 'superseded' WHERE serial = '02'", "certificates", "02"),
        ("a reason that there is not", "UPDATE certificates SET reason = 'pardoned' WHERE serial = '02'", "certificates", "02"),
        ("a longer life", "UPDATE certificates SET not_after = not_after + 1 WHERE serial = '01'", "certificates", "01"),
        ("another kind", "UPDATE certificates SET kind = 'broker' WHERE serial = '01'", "certificates", "01"),
        ("a certificate deleted", "DELETE FROM certificates WHERE serial = '02'", "certificates", "02"),
        ("a certificate added", "INSERT INTO certificates SELECT '03', kind, common_name, issuer_serial, not_before, not_after, sha256, 9, issued_at, NULL, NULL, NULL FROM certificates WHERE serial = '01'", "certificates", "03"),
        ("the mark of the laboratory taken off", "UPDATE devices SET policy = 'release' WHERE serial = '01'", "devices", "6b1a6a52-7c1e-4a53-9a0b-0a2f3b1c4d5e"),
        ("a quarantine lifted", "UPDATE devices SET state = 'provisioned' WHERE serial = '02'", "devices", "7b1a6a52-7c1e-4a53-9a0b-0a2f3b1c4d5e"),
        ("a device put back to what it was before", "UPDATE devices SET state = 'provisioned', changed_seq = recorded_seq, changed_at = recorded_at WHERE serial = '02'", "devices", "7b1a6a52-7c1e-4a53-9a0b-0a2f3b1c4d5e"),
        ("another batch", "UPDATE devices SET batch = NULL WHERE serial = '01'", "devices", "6b1a6a52-7c1e-4a53-9a0b-0a2f3b1c4d5e"),
        ("a device deleted", "DELETE FROM devices WHERE serial = '02'", "devices", "7b1a6a52-7c1e-4a53-9a0b-0a2f3b1c4d5e"),
        ("a board's journal given to another board", "UPDATE line_journal SET board = '24:0a:c4:00:00:02' WHERE seq = 6", "line_journal", "6"),
        ("a begun burn hidden", "DELETE FROM line_journal WHERE seq = 6", "line_journal", "6"),
        ("a step renamed", "UPDATE line_journal SET step = 'plan' WHERE seq = 7", "line_journal", "7"),
        ("an event changed", "UPDATE line_journal SET event = 'failed' WHERE seq = 7", "line_journal", "7"),
        ("a CRL number lowered", "UPDATE crl_numbers SET number = 0 WHERE seq = 10", "crl_numbers", "10"),
        ("a CRL number forgotten", "DELETE FROM crl_numbers WHERE seq = 10", "crl_numbers", "10"),
    ];

    public static IEnumerable<object[]> Databases => LedgerTests.Databases;

    public static IEnumerable<object[]> All => Databases.SelectMany(kind => Attacks.Select(a => (object[])[kind[0], a.Attack, a.Sql, a.Table, a.Key]));

    [TestMethod]
    [DynamicData(nameof(All))]
    public void What_was_changed_is_found_where_it_is(DatabaseKind kind, string attack, string sql, string table, string key)
    {
        using var bench = new LedgerBench(kind);
        bench.Append(History);
        bench.RequireWhole();
        bench.Tamper(sql);
        Assert.AreEqual($"{table} {key}", bench.Findings().FirstOrDefault(), attack);
    }

    [TestMethod]
    [DynamicData(nameof(Databases))]
    public void Entries_that_another_ledger_wrote_do_not_fit(DatabaseKind kind)
    {
        using var bench = new LedgerBench(kind);
        bench.Append(History);
        bench.Tamper($"UPDATE meta SET value = '{Other}' WHERE name = 'ledger-id'");
        using var stolen = DeviceLedger.Open(bench.Location);
        Assert.AreEqual(("audit", "1"), LedgerVerifier.Verify(stolen).Findings.Select(one => (one.Table, one.Key)).First());
    }

    [TestMethod]
    [DataRow(DatabaseKind.Sqlite, "CREATE TRIGGER undo AFTER UPDATE ON certificates BEGIN UPDATE certificates SET reason = NULL; END")]
    [DataRow(DatabaseKind.Sqlite, "CREATE VIEW undo AS SELECT 1")]
    [DataRow(DatabaseKind.Sqlite, "CREATE TABLE undo (x TEXT)")]
    [DataRow(DatabaseKind.Postgres, "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'; CREATE TRIGGER undo BEFORE INSERT ON audit FOR EACH ROW EXECUTE FUNCTION f()")]
    [DataRow(DatabaseKind.Postgres, "CREATE RULE undo AS ON INSERT TO audit DO INSTEAD NOTHING")]
    [DataRow(DatabaseKind.Postgres, "CREATE VIEW undo AS SELECT 1")]
    public void What_was_built_into_the_tables_is_found(DatabaseKind kind, string sql)
    {
        using var bench = new LedgerBench(kind);
        bench.Append(History);
        bench.Tamper(sql);
        CollectionAssert.AreEqual(new[] { "schema undo" }, bench.Findings());
    }

    [TestMethod]
    [DataRow(DatabaseKind.Sqlite, "DROP TABLE line_journal", "line_journal")]
    [DataRow(DatabaseKind.Sqlite, "DROP TABLE audit", "audit")]
    [DataRow(DatabaseKind.Sqlite, "ALTER TABLE devices DROP COLUMN station", "devices")]
    [DataRow(DatabaseKind.Sqlite, "DROP INDEX audit_subject", "audit_subject")]
    [DataRow(DatabaseKind.Postgres, "DROP TABLE line_journal", "line_journal")]
    [DataRow(DatabaseKind.Postgres, "ALTER TABLE devices DROP COLUMN station", "devices")]
    public void What_was_taken_out_of_the_tables_is_found(DatabaseKind kind, string sql, string name)
    {
        using var bench = new LedgerBench(kind);
        bench.Append(History);
        bench.Tamper(sql);
        CollectionAssert.Contains(bench.Findings(), $"schema {name}");
    }

    [TestMethod]
    [DynamicData(nameof(Databases))]
    public void A_trail_cut_short_with_all_that_depends_on_it_is_found_by_a_head_alone(DatabaseKind kind)
    {
        using var bench = new LedgerBench(kind);
        bench.Append([AuditLeaf, .. History[..9]]);
        var known = SignedBy(AuditLeaf, bench.Ledger.Id, bench.Append(History[9]));
        bench.RequireWhole(known);

        bench.Tamper("DELETE FROM crl_numbers WHERE seq = 11; DELETE FROM audit WHERE seq = 11");
        bench.RequireWhole();
        CollectionAssert.AreEqual(new[] { "audit 11" }, bench.Findings(known));

        // And whoever writes another entry in its place.
        bench.Append(new CrlNumbered("4A00", 7));
        bench.RequireWhole();
        CollectionAssert.AreEqual(new[] { "audit 11" }, bench.Findings(known));
    }

    [TestMethod]
    [DynamicData(nameof(Databases))]
    public void A_trail_that_was_written_anew_with_right_hashes_is_found_by_a_head_alone(DatabaseKind kind)
    {
        using var bench = new LedgerBench(kind);
        var known = SignedBy(AuditLeaf, bench.Ledger.Id, bench.Append([AuditLeaf, .. History]));
        var previous = AuditHash.Genesis(bench.Ledger.Id);
        var sql = "";
        foreach (var entry in bench.Ask(view => view.Audit().ToList()))
        {
            var actor = entry.Seq == 5 ? "nobody" : entry.Actor;
            new AuditHash().Next(previous, entry.Seq, entry.At.ToUnixTimeMilliseconds(), actor, entry.Type, entry.Subject, entry.Data, previous);
            sql += $"UPDATE audit SET actor = '{actor}', hash = '{Convert.ToHexStringLower(previous)}' WHERE seq = {entry.Seq};";
        }

        bench.Tamper(sql);
        bench.RequireWhole();
        CollectionAssert.AreEqual(new[] { "audit 11" }, bench.Findings(known));
    }

    [TestMethod]
    public void A_head_of_another_ledger_is_refused()
    {
        using var bench = new LedgerBench(DatabaseKind.Sqlite);
        var head = bench.Append(History);
        LedgerBench.Fails("054", () => LedgerVerifier.Verify(bench.Ledger, SignedBy(AuditLeaf, Other, head)));
    }

    [TestMethod]
    public void A_table_that_was_emptied_is_no_endless_list()
    {
        using var bench = new LedgerBench(DatabaseKind.Sqlite);
        bench.Append([.. Enumerable.Range(1, 150).Select(i => LedgerBench.Issued($"{i:X4}"))]);
        bench.Tamper("DELETE FROM certificates");
        Assert.HasCount(LedgerVerifier.MaxFindings, bench.Findings());
    }

    private static SignedHead SignedBy(CertificateIssued leaf, Guid ledger, LedgerHead head) => new(ledger, head, leaf.CommonName, leaf.Serial, leaf.Sha256);
}
