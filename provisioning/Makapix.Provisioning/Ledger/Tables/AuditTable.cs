using System;
using System.Collections.Generic;
using System.Data.Common;
using Makapix.Provisioning.Ledger.Databases;

namespace Makapix.Provisioning.Ledger.Tables;

/// <summary>The audit trail: what all else adds up from.</summary>
internal static class AuditTable
{
    private const string Select = "SELECT seq, at, actor, type, subject, data, hash FROM audit";

    public static void Add(LedgerSession session, long seq, long at, string actor, string type, string subject, string data, string hash) => session.Execute(
        "INSERT INTO audit (seq, at, actor, type, subject, data, hash) VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6)", seq, at, actor, type, subject, data, hash);

    public static LedgerHead? Head(LedgerSession session) => session.First(
        "SELECT seq, at, hash FROM audit ORDER BY seq DESC LIMIT 1", row => new LedgerHead(row.GetInt64(0), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1)), Hash(row.GetString(2))));

    public static AuditEntry? Last(LedgerSession session, string type) => session.First($"{Select} WHERE type = @p0 ORDER BY seq DESC LIMIT 1", Read, type);

    public static List<AuditEntry> About(LedgerSession session, string subject) => session.All($"{Select} WHERE subject = @p0 ORDER BY seq", Read, subject);

    public static IEnumerable<AuditEntry> From(LedgerSession session, long seq) => session.Stream($"{Select} WHERE seq >= @p0 ORDER BY seq", Read, seq);

    // What is written next is chained to it.
    private static string Hash(string text) => AuditHash.TryParse(text, stackalloc byte[AuditHash.Length]) ? text : throw new FormatException("That is no hash.");

    private static AuditEntry Read(DbDataReader row) => new(
        row.GetInt64(0), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1)), row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5), row.GetString(6));
}
