using System.Collections.Generic;
using System.Data.Common;
using Makapix.Provisioning.Chips;
using Makapix.Provisioning.Ledger.Databases;
using Makapix.Provisioning.Ledger.Events;
using Makapix.Provisioning.Line;

namespace Makapix.Provisioning.Ledger.Tables;

/// <summary>What the line did, by board. All about an entry is in the audit trail; this is how to find it.</summary>
internal static class JournalTable
{
    public static void Apply(LedgerSession session, long seq, LineEntry e) => session.Execute(
        "INSERT INTO line_journal (seq, board, run, step, event) VALUES (@p0, @p1, @p2, @p3, @p4)",
        seq, e.Board, e.Entry.Run.ToString("D"), e.Entry.Step, LedgerWords.Of(e.Entry.Event));

    public static List<JournalEntry> Of(LedgerSession session, string board) =>
        session.All("SELECT a.seq, a.type, a.data FROM line_journal j JOIN audit a ON a.seq = j.seq WHERE j.board = @p0 ORDER BY j.seq", Read, board);

    public static List<MacAddress> UnfinishedAt(LedgerSession session, string step) => session.All(
        """
        SELECT DISTINCT j.board FROM line_journal j WHERE j.step = @p0 AND j.event = 'begin'
        AND (SELECT COUNT(DISTINCT r.step) FROM line_journal r WHERE r.board = j.board AND r.step IN (@p0, @p1) AND r.event = 'done') < 2 ORDER BY j.board
        """,
        row => MacAddress.TryParse(row.GetString(0), out var board) ? board : default,
        step, StepNames.Record);

    private static JournalEntry Read(DbDataReader row) => LedgerEventCodec.Read(row.GetString(1), row.GetString(2), row.GetInt64(0)) is LineEntry e
        ? e.Entry
        : throw new LedgerException("033", $"entry {row.GetInt64(0)} of the ledger is in a board's journal, and is no entry of the line.", "Run 'makapix ledger verify': it says what was changed.");
}
