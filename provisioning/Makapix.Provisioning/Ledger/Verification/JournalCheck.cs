using System;
using System.Data.Common;
using System.Text;
using System.Text.Json;
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

    private byte[] _json = new byte[4096];

    protected override string Select =>
        "SELECT j.seq, j.seq, j.board, j.run, j.step, j.event, a.type, a.subject, a.data FROM line_journal j LEFT JOIN audit a ON a.seq = j.seq ORDER BY j.seq";

    public override void Run(LedgerSession session, Replay replay, FindingList findings)
    {
        var table = new JournalHash();
        foreach (var row in session.Rows("SELECT seq, board, run, step, event FROM line_journal ORDER BY seq"))
        {
            table.AddRow(row.GetInt64(0), row.GetFieldValue<byte[]>(1), row.GetFieldValue<byte[]>(2), row.GetFieldValue<byte[]>(3), row.GetFieldValue<byte[]>(4));
        }

        if (!table.IsOf(replay.Journal))
        {
            base.Run(session, replay, findings);
        }
    }

    protected override string? Difference(DbDataReader row, Replay replay) =>
        !row.IsDBNull(6) && row.GetString(6) == LineEntryName && row.GetString(7) == row.GetString(2) && IsOf(row.GetString(8), row.GetString(3), row.GetString(4), row.GetString(5))
            ? null
            : $"it does not lead to what entry {row.GetInt64(1)} says";

    private bool IsOf(string data, string run, string step, string happened)
    {
        var most = Encoding.UTF8.GetMaxByteCount(data.Length);
        if (_json.Length < most)
        {
            _json = new byte[most];
        }

        var reader = new Utf8JsonReader(_json.AsSpan(0, Encoding.UTF8.GetBytes(data, _json)));
        try
        {
            return IsOf(ref reader, run, step, happened);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool IsOf(ref Utf8JsonReader reader, string run, string step, string happened)
    {
        var found = 0;
        while (found < 3 && reader.Read())
        {
            // {"board": …, "entry": {"at": …, "run": …, "step": …, "event": …}}: what we look for lies in the inner object.
            if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth != 2)
            {
                continue;
            }

            var wanted = reader.ValueTextEquals("run"u8) ? run : reader.ValueTextEquals("step"u8) ? step : reader.ValueTextEquals("event"u8) ? happened : null;
            if (wanted is not null)
            {
                reader.Read();
                if (reader.TokenType != JsonTokenType.String || !reader.ValueTextEquals(wanted))
                {
                    return false;
                }

                found++;
            }
        }

        return found == 3;
    }
}
