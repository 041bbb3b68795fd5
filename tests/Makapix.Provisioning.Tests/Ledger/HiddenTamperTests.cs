using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Security.Cryptography.X509Certificates;
using Makapix.Provisioning.Ledger;
using Makapix.Provisioning.Ledger.Databases;
using Makapix.Provisioning.Ledger.Events;
using Makapix.Provisioning.Ledger.Verification;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Ledger;

/// <summary>
/// Changes that whoever reads row by row does not see, and that questions stumble over: a revoked certificate that its CA's list leaves out, a
/// serial number that can be issued again. SQLite stores any value in any column, and answers from an index without a look at the table.
/// </summary>
[TestClass]
public sealed class HiddenTamperTests
{
    private static readonly LedgerEvent[] History =
    [
        LedgerBench.Issued("01"),
        LedgerBench.Issued("02"),
        LedgerBench.Recorded(Guid.Parse("6b1a6a52-7c1e-4a53-9a0b-0a2f3b1c4d5e"), "24:0a:c4:00:00:01", "01", "spring"),
        new CertificateRevoked("02", X509RevocationReason.KeyCompromise),
        new CrlNumbered(LedgerBench.Issuer, 1),
    ];

    [TestMethod]
    [DataRow("a zero behind the text", "UPDATE certificates SET issuer_serial = issuer_serial || char(0) WHERE serial = '02'", "certificates 02")]
    [DataRow("a zero and more behind the text", "UPDATE certificates SET common_name = common_name || char(0) || 'x' WHERE serial = '01'", "certificates 01")]
    [DataRow("bytes in the place of text", "UPDATE certificates SET issuer_serial = CAST(issuer_serial AS BLOB) WHERE serial = '02'", "certificates 02")]
    [DataRow("a key of bytes: the number is free again", "UPDATE certificates SET serial = CAST(serial AS BLOB) WHERE serial = '02'", "certificates 02")]
    [DataRow("text in the place of a number: an end that never comes", "UPDATE certificates SET not_after = not_after || 'x' WHERE serial = '01'", "certificates 01")]
    [DataRow("a fraction in the place of a number", "UPDATE crl_numbers SET number = 1.5", "crl_numbers 4A00")]
    [DataRow("bytes in the trail", "UPDATE audit SET subject = CAST(subject AS BLOB) WHERE seq = 4", "audit 4")]
    [DataRow("a zero in the trail", "UPDATE audit SET type = type || char(0) WHERE seq = 4", "audit 4")]
    [DataRow("a zero behind the data of an entry", "UPDATE audit SET data = data || char(0) || 'x' WHERE seq = 6", "audit 6")]
    [DataRow("a device that no question finds", "UPDATE devices SET mac = mac || char(0)", "devices 6b1a6a52-7c1e-4a53-9a0b-0a2f3b1c4d5e")]
    public void A_value_that_reads_as_before_and_is_another_is_found(string attack, string sql, string finding)
    {
        using var bench = new LedgerBench(DatabaseKind.Sqlite);
        bench.Append([.. History, new HeadSigned(5, new string('0', 64), "01")]);
        bench.RequireWhole();
        bench.Tamper(sql);
        CollectionAssert.AreEqual(new[] { finding }, bench.Findings(), attack);
    }

    [TestMethod]
    [DataRow("a revoked certificate left out", "certificates_revoked", "certificates (issuer_serial, revoked_seq)", " WHERE serial <> '02'", "certificates")]
    [DataRow("a device out of its batch", "devices_batch", "devices (batch, recorded_seq)", " WHERE batch IS NULL", "devices")]
    [DataRow("an entry out of a history", "audit_subject", "audit (subject, seq)", " WHERE seq <> 4", "audit_subject")]
    public void An_index_that_does_not_hold_what_its_table_holds_is_found(string attack, string index, string on, string but, string key)
    {
        using var bench = new LedgerBench(DatabaseKind.Sqlite);
        bench.Append(History);
        bench.Ledger.Dispose();
        bench.Tamper($"DROP INDEX {index}; CREATE INDEX {index} ON {on}{but}");
        bench.Tamper($"PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = 'CREATE INDEX {index} ON {on}' WHERE name = '{index}'");
        using var ledger = DeviceLedger.Open(bench.Location, bench.Options);
        Assert.AreEqual(("schema", key), LedgerVerifier.Verify(ledger).Findings.Select(one => (one.Table, one.Key)).FirstOrDefault(), attack);
    }

    [TestMethod]
    public void A_revocation_that_its_index_leaves_out_is_in_no_list_and_is_found()
    {
        using var bench = new LedgerBench(DatabaseKind.Sqlite);
        bench.Append(History);
        bench.Ledger.Dispose();
        bench.Tamper("DROP INDEX certificates_revoked; CREATE INDEX certificates_revoked ON certificates (issuer_serial || 'x', revoked_seq)");
        bench.Tamper("PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = 'CREATE INDEX certificates_revoked ON certificates (issuer_serial, revoked_seq)' WHERE name = 'certificates_revoked'");
        using var ledger = DeviceLedger.Open(bench.Location, bench.Options);
        using (var view = ledger.Read())
        {
            Assert.IsEmpty(view.Revoked(LedgerBench.Issuer), "the attack works");
        }

        Assert.AreEqual("schema", LedgerVerifier.Verify(ledger).Findings.Select(one => one.Table).FirstOrDefault());
    }

    [TestMethod]
    [DataRow("a table", "CREATE TABLE {0} (x TEXT)", "x); COMMIT; PRAGMA user_version = 7; --", "x); COMMIT; PRAGMA user_version = 7; --")]
    [DataRow("a table, where its values are looked at", "CREATE TABLE {0} (x TEXT)", "devices; COMMIT; PRAGMA user_version = 7; --", "devices; COMMIT; PRAGMA user_version = 7; --")]
    [DataRow("a column", "ALTER TABLE devices ADD COLUMN {0} TEXT", "x) FROM devices; COMMIT; PRAGMA user_version = 7; --", "devices")]
    [DataRow("an escape sequence", "CREATE TABLE {0} (x TEXT)", "\u001b[2J", "\u001b[2J")]
    public void A_name_that_is_a_statement_is_found_and_not_run_by_whoever_verifies(string what, string sql, string name, string key)
    {
        using var bench = new LedgerBench(DatabaseKind.Sqlite);
        bench.Append(History);
        bench.Tamper(string.Format(CultureInfo.InvariantCulture, sql, $"\"{name}\""));
        CollectionAssert.AreEqual(new[] { $"schema {key}" }, bench.Findings(), what);
        using var session = LedgerSession.Open(LedgerDatabase.Of(bench.Location, bench.Options));
        Assert.AreEqual(0, session.Number("PRAGMA user_version"), what);
    }

    public static IEnumerable<object[]> Databases => LedgerTests.Databases;

    [TestMethod]
    [DynamicData(nameof(Databases))]
    public void A_row_added_to_the_ledgers_own_facts_is_found(DatabaseKind kind)
    {
        using var bench = new LedgerBench(kind);
        bench.Append(History);
        bench.Tamper("INSERT INTO meta (name, value) VALUES ('pardon', 'all')");
        CollectionAssert.AreEqual(new[] { "meta pardon" }, bench.Findings());
    }

    [TestMethod]
    [DynamicData(nameof(Databases))]
    public void An_entry_dated_beyond_all_time_is_found_and_breaks_nothing(DatabaseKind kind)
    {
        using var bench = new LedgerBench(kind);
        bench.Append(History);
        bench.Tamper("UPDATE audit SET at = 9223372036854775807 WHERE seq = 5; UPDATE certificates SET issued_at = 9223372036854775807 WHERE serial = '01'; UPDATE audit SET at = -9223372036854775808 WHERE seq = 1");
        CollectionAssert.IsSubsetOf(new[] { "audit 1", "audit 5", "certificates 01" }, bench.Findings());
        LedgerBench.Fails("025", () => bench.Append(new CrlNumbered(LedgerBench.Issuer, 2)));
        LedgerBench.Fails("025", () => bench.Ask(view => view.FindCertificate("01")));
    }

    [TestMethod]
    [DataRow("none")]
    [DataRow("abcd")]
    [DataRow("")]
    public void A_newest_entry_without_a_hash_is_named_by_who_would_write_behind_it(string hash)
    {
        using var bench = new LedgerBench(DatabaseKind.Sqlite);
        bench.Append(History);
        bench.Tamper($"UPDATE audit SET hash = '{hash}' WHERE seq = 5");
        LedgerBench.Fails("025", () => bench.Append(new CrlNumbered(LedgerBench.Issuer, 2)));
    }

    [TestMethod]
    [DynamicData(nameof(Databases))]
    public void A_zero_in_a_text_is_refused_before_it_is_stored(DatabaseKind kind)
    {
        using var bench = new LedgerBench(kind);
        bench.Append(History);
        LedgerBench.Fails("024", () => bench.Append(LedgerBench.Issued("03", "op_alice\0")));
        bench.RequireWhole();
    }

    [TestMethod]
    [DataRow("ALTER TABLE certificates DROP CONSTRAINT certificates_pkey CASCADE", "certificates_pkey", DisplayName = "a serial number may be there twice")]
    [DataRow("DROP INDEX certificates_revoked; CREATE INDEX certificates_revoked ON certificates (issuer_serial, revoked_seq) WHERE serial <> '02'", "certificates_revoked", DisplayName = "an index of some rows")]
    [DataRow("ALTER TABLE certificates ENABLE ROW LEVEL SECURITY", "certificates", DisplayName = "rows that some do not see")]
    [DataRow("CREATE POLICY undo ON certificates USING (serial <> '02')", "undo", DisplayName = "a policy")]
    [DataRow("CREATE TABLE undo () INHERITS (certificates)", "undo", DisplayName = "a child table, in which no serial number is unique")]
    [DataRow("CREATE SCHEMA elsewhere; CREATE TABLE elsewhere.undo () INHERITS (certificates)", "undo", DisplayName = "a child table out of sight")]
    [DataRow("ALTER TABLE certificates ALTER COLUMN reason SET DEFAULT 'superseded'", "certificates", DisplayName = "a default")]
    [DataRow("ALTER TABLE certificates ALTER COLUMN sha256 DROP NOT NULL", "certificates", DisplayName = "a column that may be empty")]
    [DataRow("ALTER TABLE devices ADD COLUMN undo TEXT", "devices", DisplayName = "a column more")]
    [DataRow("ALTER TABLE line_journal DISABLE TRIGGER ALL", "line_journal", DisplayName = "foreign keys that are off")]
    [DataRow("ALTER TABLE line_journal SET UNLOGGED", "line_journal", DisplayName = "a table that is empty after a power cut")]
    [DataRow("CREATE MATERIALIZED VIEW undo AS SELECT 1", "undo", DisplayName = "a view that is a table")]
    public void What_was_changed_in_the_tables_of_a_server_is_found(string sql, string name)
    {
        using var bench = new LedgerBench(DatabaseKind.Postgres);
        bench.Append(History);
        bench.RequireWhole();
        bench.Tamper(sql);
        CollectionAssert.Contains(bench.Findings(), $"schema {name}");
    }
}
