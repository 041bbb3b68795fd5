using System;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Makapix.Provisioning.Ledger.Verification;

/// <summary>
/// Rows of the line's journal as one hash, taken once from entries of the trail and once from the table: where both are the same over all of them, no row
/// needs to be looked at beside its entry, which would be to read nearly all of the trail again.
/// </summary>
internal sealed class JournalHash
{
    // A call of the hash costs more than a row's bytes do.
    private const int Batch = 64 * 1024;

    private readonly HashedFields _rows = new();

    /// <summary>The row that an entry must have made. Of one that cannot be read, no row is like it.</summary>
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
                // What we look for lies in the inner object.
                if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth != 2)
                {
                    continue;
                }

                if (reader.ValueTextEquals("run"u8))
                {
                    reader.Read();
                    run = Text(reader);
                }
                else if (reader.ValueTextEquals("step"u8))
                {
                    reader.Read();
                    step = Text(reader);
                }
                else if (reader.ValueTextEquals("event"u8))
                {
                    reader.Read();
                    happened = Text(reader);
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
    public void AddRow(long seq, ReadOnlySpan<byte> board, ReadOnlySpan<byte> run, ReadOnlySpan<byte> step, ReadOnlySpan<byte> happened)
    {
        _rows.Put(seq);
        _rows.Put(board);
        _rows.Put(run);
        _rows.Put(step);
        _rows.Put(happened);
        if (_rows.Bytes.Length >= Batch)
        {
            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(_rows.Bytes, hash);
            _rows.Clear();
            _rows.Put(hash);
        }
    }

    /// <summary>Whether the same rows went into both.</summary>
    public bool IsOf(JournalHash other) => _rows.Bytes.SequenceEqual(other._rows.Bytes);

    private static ReadOnlySpan<byte> Text(Utf8JsonReader reader) =>
        reader.TokenType != JsonTokenType.String ? default : reader.ValueIsEscaped ? Encoding.UTF8.GetBytes(reader.GetString()!) : reader.ValueSpan;
}
