using System;
using System.Collections.Generic;
using System.Data.Common;
using System.Linq;
using Makapix.Provisioning.Ledger.Verification;
using Microsoft.Data.Sqlite;

namespace Makapix.Provisioning.Ledger.Databases;

/// <summary>
/// What somebody who writes to the file without this program can do beside changing rows: SQLite takes any kind of value in any column, shows text
/// up to its first zero, and answers from an index without a look at its table.
/// </summary>
internal static class SqliteInspection
{
    private const string Objects = "SELECT name, COALESCE(sql, '') FROM sqlite_schema";
    private const string Columns = """SELECT t.name, c.name, c.type, c."notnull" FROM sqlite_schema t JOIN pragma_table_info(t.name) c WHERE t.type = 'table' ORDER BY t.rowid, c.cid""";
    private const string Whole = "ok";

    // Most of a ledger: read once, row by row, by whoever verifies it.
    private const string Trail = "audit";

    /// <summary>Anything that the schema does not make, or makes otherwise; and indexes that do not hold what their tables do, but for the trail's.</summary>
    /// <param name="session">The ledger.</param>
    /// <param name="schema">What makes the tables, as SQLite wants it.</param>
    public static IEnumerable<LedgerFinding> SchemaChanges(LedgerSession session, IEnumerable<string> schema)
    {
        using var made = Made(schema);
        var (expected, found) = (Rows(made, Objects, Object), session.All(Objects, Object));
        var changed = found.Except(expected).Concat(expected.Except(found)).Select(one => one.Name).Distinct().Order();
        return [.. changed.Select(LedgerFinding.OfSchema), .. Own(session, made).Select(column => column.Table).Distinct().SelectMany(table => Damage(session, table))];
    }

    /// <summary>The trail's one index serves histories for people alone: it is to hold as many entries as there are.</summary>
    public static IEnumerable<LedgerFinding> TrailChanges(LedgerSession session, long entries) =>
        session.Number("SELECT COUNT(*) FROM audit INDEXED BY audit_subject") == entries ? [] : [LedgerFinding.OfSchema("audit_subject")];

    /// <summary>Values of another kind than their column's, and text with a zero in it; of all tables but the trail, in which the hashes are over all bytes.</summary>
    /// <param name="session">The ledger.</param>
    /// <param name="schema">What makes the tables, as SQLite wants it.</param>
    public static IEnumerable<LedgerFinding> ValueChanges(LedgerSession session, IEnumerable<string> schema)
    {
        using var made = Made(schema);
        return [.. Own(session, made).GroupBy(column => column.Table).SelectMany(table => Misfits(session, table.Key, [.. table]))];
    }

    // The names in a statement are those that this program gives: one that somebody has given to a table of his own may be a statement itself.
    private static IEnumerable<(string Table, string Name, string Type, bool Required)> Own(LedgerSession session, SqliteConnection made) =>
        Rows(made, Columns, Column).Intersect(session.All(Columns, Column)).Where(column => column.Table != Trail);

    private static List<LedgerFinding> Misfits(LedgerSession session, string table, (string Table, string Name, string Type, bool Required)[] columns) => session.All(
        $"SELECT CAST({columns[0].Name} AS TEXT) FROM {table} WHERE {string.Join(" OR ", columns.Select(c => Misfit(c.Name, c.Type, c.Required)))} LIMIT {LedgerVerifier.MaxFindings}",
        row => LedgerFinding.OfValue(table, row.GetString(0)));

    private static IEnumerable<LedgerFinding> Damage(LedgerSession session, string table) =>
        session.All($"PRAGMA integrity_check({table})", row => row.GetString(0)).Where(said => said != Whole).Select(said => new LedgerFinding(LedgerFinding.Schema, table, $"SQLite finds: {said}"));

    private static string Misfit(string column, string type, bool required)
    {
        var other = type == "TEXT" ? $"(typeof({column}) <> 'text' OR instr({column}, char(0)) > 0)" : $"typeof({column}) <> 'integer'";
        return required ? other : $"({column} IS NOT NULL AND {other})";
    }

    private static SqliteConnection Made(IEnumerable<string> schema)
    {
        var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = string.Join('\n', schema);
        command.ExecuteNonQuery();
        return connection;
    }

    private static List<T> Rows<T>(SqliteConnection connection, string sql, Func<DbDataReader, T> read)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    private static (string Name, string Sql) Object(DbDataReader row) => (row.GetString(0), row.GetString(1));

    private static (string Table, string Name, string Type, bool Required) Column(DbDataReader row) => (row.GetString(0), row.GetString(1), row.GetString(2), row.GetInt64(3) != 0);
}
