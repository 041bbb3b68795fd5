using System.Data.Common;
using Makapix.Provisioning.Ledger.Databases;
using Makapix.Provisioning.Ledger.Events;

namespace Makapix.Provisioning.Ledger.Verification;

/// <summary>
/// The journal of the line: each row leads to the entry of that board, run, step and event. Most entries of a ledger are these, so they are not made into
/// objects, and compared with their rows only where the hash of all says that one is not as it should be.
/// </summary>
internal sealed class JournalCheck() : TableCheck("line_journal", "seq", "seq", typeof(LineEntry))
{
    private static readonly string LineEntryName = LedgerEventCodec.NameOf(typeof(LineEntry));

    protected override string Select =>
        "SELECT j.seq, j.seq, j.board, j.run, j.step, j.event, a.type, a.subject, a.data FROM line_journal j LEFT JOIN audit a ON a.seq = j.seq ORDER BY j.seq";

    public override void Run(LedgerSession session, Replay replay, FindingList findings)
    {
        var table = new JournalHash();
        foreach (var row in session.Rows("SELECT seq, board, run, step, event FROM line_journal ORDER BY seq"))
        {
            AddRow(table, row, 1);
        }

        if (!table.IsOf(replay.Journal))
        {
            base.Run(session, replay, findings);
        }
    }

    protected override string? Difference(DbDataReader row, Replay replay) =>
        !row.IsDBNull(6) && row.GetString(6) == LineEntryName && LeadsToItsEntry(row) ? null : $"it does not lead to what entry {row.GetInt64(1)} says";

    private static bool LeadsToItsEntry(DbDataReader row)
    {
        var (there, made) = (new JournalHash(), new JournalHash());
        AddRow(there, row, 2);
        made.AddEntry(row.GetInt64(0), row.GetFieldValue<byte[]>(7), row.GetFieldValue<byte[]>(8));
        return there.IsOf(made);
    }

    private static void AddRow(JournalHash hash, DbDataReader row, int board) =>
        hash.AddRow(row.GetInt64(0), row.GetFieldValue<byte[]>(board), row.GetFieldValue<byte[]>(board + 1), row.GetFieldValue<byte[]>(board + 2), row.GetFieldValue<byte[]>(board + 3));
}
