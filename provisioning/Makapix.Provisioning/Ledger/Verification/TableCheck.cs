using System;
using System.Data.Common;
using Makapix.Provisioning.Ledger.Databases;
using Makapix.Provisioning.Ledger.Events;

namespace Makapix.Provisioning.Ledger.Verification;

/// <summary>Holds each row of a table against the entry that made it; then the number of rows against the number of such entries.</summary>
/// <param name="table">Its name.</param>
/// <param name="key">The column that names a row to people.</param>
/// <param name="seq">The column that says which entry made it.</param>
/// <param name="type">What kind of entry makes one.</param>
internal abstract class TableCheck(string table, string key, string seq, Type type)
{
    private readonly string _type = LedgerEventCodec.NameOf(type);

    /// <summary>Its rows, each with that entry; key first, then the entry's number in the row. In the order of those numbers.</summary>
    protected abstract string Select { get; }

    public virtual void Run(LedgerSession session, Replay replay, FindingList findings)
    {
        var (rows, last) = (0L, 0L);
        foreach (var row in session.Rows(Select))
        {
            rows++;
            var made = row.GetInt64(1);
            if (made == last)
            {
                findings.Add(table, Text(row, 0), $"it is there twice, by entry {made}");
            }

            last = made;
            if (Difference(row, replay) is { } difference)
            {
                findings.Add(table, Text(row, 0), difference);
            }
        }

        if (rows != replay.Count(type))
        {
            Missing(session, findings);
        }
    }

    /// <summary>How a row differs from what the entries say; null if it does not.</summary>
    protected abstract string? Difference(DbDataReader row, Replay replay);

    /// <summary>The event of an entry that was joined to a row; null if there is none of that kind.</summary>
    /// <param name="row">The row, with the entry's type and data in it.</param>
    /// <param name="first">Where its type is; its data comes next.</param>
    protected static T? Event<T>(DbDataReader row, int first)
        where T : LedgerEvent
    {
        try
        {
            return row.IsDBNull(first) ? null : LedgerEventCodec.Read(row.GetString(first), row.GetString(first + 1), row.GetInt64(1)) as T;
        }
        catch (LedgerException)
        {
            return null;
        }
    }

    private static string Text(DbDataReader row, int column) => Convert.ToString(row.GetValue(column), System.Globalization.CultureInfo.InvariantCulture)!;

    private void Missing(LedgerSession session, FindingList findings)
    {
        var sql = $"SELECT a.subject, a.seq FROM audit a WHERE a.type = '{_type}' AND NOT EXISTS (SELECT 1 FROM {table} t WHERE t.{seq} = a.seq) ORDER BY a.seq LIMIT {LedgerVerifier.MaxFindings}";
        foreach (var row in session.Rows(sql))
        {
            findings.Add(table, key == seq ? Text(row, 1) : Text(row, 0), $"it is missing, but entry {row.GetInt64(1)} made it");
        }
    }
}
