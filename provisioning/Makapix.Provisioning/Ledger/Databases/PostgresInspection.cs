using System.Collections.Generic;
using System.Linq;
using Makapix.Provisioning.Ledger.Verification;

namespace Makapix.Provisioning.Ledger.Databases;

/// <summary>
/// What somebody who owns the database can do beside changing rows: triggers, rules and policies, a uniqueness that is none any more, child tables whose
/// rows count as the table's. The same tables are made once more, for this session alone, and the server's catalogs compared.
/// </summary>
internal static class PostgresInspection
{
    // One row a thing: its name, and all that it is. Names of schemas are taken out, in which alone the two differ. What the server itself makes for the
    // foreign keys has a number for a name, and is told by its table.
    private const string Things =
        """
        WITH s AS (SELECT oid, nspname FROM pg_namespace WHERE nspname = @p0),
             r AS (SELECT c.* FROM pg_class c JOIN s ON s.oid = c.relnamespace WHERE c.relkind NOT IN ('i', 'I', 't')),
             things AS (
        SELECT r.relname AS name, concat_ws(' ', 'relation', r.relkind, r.relpersistence = 'u', r.relrowsecurity, r.relforcerowsecurity, r.reloptions) AS what FROM r
        UNION ALL
        SELECT r.relname, concat_ws(' ', 'column', a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.atthasdef, a.attgenerated, a.attidentity, a.attcollation)
        FROM r JOIN pg_attribute a ON a.attrelid = r.oid WHERE a.attnum > 0 AND NOT a.attisdropped
        UNION ALL
        SELECT o.conname, concat_ws(' ', 'constraint', r.relname, o.contype, o.convalidated, o.condeferrable, pg_get_constraintdef(o.oid)) FROM r JOIN pg_constraint o ON o.conrelid = r.oid WHERE o.contype <> 'n'
        UNION ALL
        SELECT i.relname, concat_ws(' ', 'index', x.indisvalid, x.indisunique, pg_get_indexdef(x.indexrelid)) FROM r JOIN pg_index x ON x.indrelid = r.oid JOIN pg_class i ON i.oid = x.indexrelid
        UNION ALL
        SELECT CASE WHEN t.tgisinternal THEN r.relname ELSE t.tgname END, concat_ws(' ', 'trigger', t.tgtype, t.tgenabled, NOT t.tgisinternal) FROM r JOIN pg_trigger t ON t.tgrelid = r.oid
        UNION ALL
        SELECT u.rulename, concat_ws(' ', 'rule', r.relname, u.ev_enabled) FROM r JOIN pg_rewrite u ON u.ev_class = r.oid WHERE u.rulename <> '_RETURN'
        UNION ALL
        SELECT p.polname, 'policy' FROM r JOIN pg_policy p ON p.polrelid = r.oid
        UNION ALL
        SELECT c.relname, 'child' FROM r JOIN pg_inherits h ON h.inhparent = r.oid JOIN pg_class c ON c.oid = h.inhrelid)
        SELECT DISTINCT things.name, replace(replace(things.what, quote_ident(s.nspname) || '.', ''), 'pg_temp.', '') FROM things, s
        """;

    /// <summary>Anything that the schema does not make, or makes otherwise.</summary>
    /// <param name="session">The ledger.</param>
    /// <param name="schema">What makes the tables.</param>
    public static IEnumerable<LedgerFinding> SchemaChanges(LedgerSession session, IEnumerable<string> schema)
    {
        var found = ThingsOf(session, session.First("SELECT current_schema()", row => row.GetString(0))!);
        session.Script("SAVEPOINT inspection; SET LOCAL search_path = pg_temp");
        foreach (var step in schema)
        {
            session.Script(step);
        }

        var expected = ThingsOf(session, session.First("SELECT nspname FROM pg_namespace WHERE oid = pg_my_temp_schema()", row => row.GetString(0))!);
        session.Script("ROLLBACK TO SAVEPOINT inspection");
        return [.. found.Except(expected).Concat(expected.Except(found)).Select(one => one.Name).Distinct().Order().Select(LedgerFinding.OfSchema)];
    }

    private static List<(string Name, string What)> ThingsOf(LedgerSession session, string schema) => session.All(Things, row => (row.GetString(0), row.GetString(1)), schema);
}
