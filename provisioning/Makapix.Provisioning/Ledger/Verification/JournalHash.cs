using System;
using System.Text.Json;

namespace Makapix.Provisioning.Ledger.Verification;

/// <summary>
/// The rows of the line's journal as one hash, taken once from the entries of the trail and once from the table: where both are the same, no row needs to
/// be looked at beside its entry, which would be to read nearly all of the trail again.
/// </summary>
internal sealed class JournalHash
{
    private readonly AuditHash _hash = new();
    private readonly byte[] _rows = new byte[AuditHash.Length];

    /// <summary>The row that an entry must have made. Of one that cannot be read, or has an escaped value, no row is like it: then each is looked at by itself.</summary>
    /// <param name="seq">Number of the entry.</param>
    /// <param name="board">Its subject, UTF-8.</param>
    /// <param name="data">All about it: <c>{"board": …, "entry": {"at": …, "run": …, "step": …, "event": …}}</c>.</param>
    public void AddEntry(long seq, ReadOnlySpan<byte> board, ReadOnlySpan<byte> data)
    {
        ReadOnlySpan<byte> run = default, step = default, happened = default;
        var reader = new Utf8JsonReader(data);
        try
        {
            while ((run.IsEmpty || step.IsEmpty || happened.IsEmpty) && reader.Read())
            {
                if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth != 2)
                {
                    continue;
                }

                if (reader.ValueTextEquals("run"u8))
                {
                    reader.Read();
                    run = reader.ValueSpan;
                }
                else if (reader.ValueTextEquals("step"u8))
                {
                    reader.Read();
                    step = reader.ValueSpan;
                }
                else if (reader.ValueTextEquals("event"u8))
                {
                    reader.Read();
                    happened = reader.ValueSpan;
                }
            }
        }
        catch (JsonException)
        {
            run = default;
        }

        AddRow(seq, board, run, step, happened);
    }

    /// <summary>A row. Its texts are UTF-8, as they are stored.</summary>
    public void AddRow(long seq, ReadOnlySpan<byte> board, ReadOnlySpan<byte> run, ReadOnlySpan<byte> step, ReadOnlySpan<byte> happened) =>
        _hash.Next(_rows, seq, 0, board, run, step, happened, _rows);

    /// <summary>Whether the same rows went into both.</summary>
    public bool IsOf(JournalHash other) => _rows.AsSpan().SequenceEqual(other._rows);
}
