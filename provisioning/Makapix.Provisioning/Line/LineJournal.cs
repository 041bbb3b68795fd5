using System;
using System.Collections.Generic;
using Makapix.Provisioning.Chips;
using Makapix.Provisioning.Ledger;
using Makapix.Provisioning.Ledger.Events;

namespace Makapix.Provisioning.Line;

/// <summary>
/// What happened to one board, in the ledger. An entry is on the disk when <see cref="Write"/> returns, so it stands before what it announces
/// and survives any power cut after it.
/// </summary>
/// <remarks>The board is locked in the ledger, for every station that shares it: two lines cannot work on one board.</remarks>
public sealed class LineJournal : IDisposable
{
    private readonly DeviceLedger _ledger;
    private readonly MacAddress _board;
    private readonly LedgerLock _held;
    private readonly Predicate<JournalEntry>? _keeps;
    private readonly List<JournalEntry> _entries;

    private LineJournal(DeviceLedger ledger, MacAddress board, LedgerLock held, Predicate<JournalEntry>? keeps)
    {
        _ledger = ledger;
        _board = board;
        _held = held;
        _keeps = keeps;
        using var view = ledger.Read();
        _entries = [.. view.Journal(board)];
    }

    /// <summary>Everything in it, oldest first.</summary>
    public IReadOnlyList<JournalEntry> Entries => _entries;

    /// <summary>Takes the board, and opens its journal.</summary>
    /// <param name="ledger">Where it is kept.</param>
    /// <param name="board">The board.</param>
    /// <exception cref="LineException">110: another line has the board.</exception>
    /// <exception cref="LedgerException">The ledger cannot be used.</exception>
    public static LineJournal Open(DeviceLedger ledger, MacAddress board) => Open(ledger, board, null);

    /// <param name="ledger">Where it is kept.</param>
    /// <param name="board">The board.</param>
    /// <param name="keeps">Whether an entry is written at all. Tests say no, to be the line that is dead by then.</param>
    internal static LineJournal Open(DeviceLedger ledger, MacAddress board, Predicate<JournalEntry>? keeps)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        var held = ledger.TryLock($"board {board}")
            ?? throw new LineException("110", $"another line is working on board {board}.", "Wait until it is done.");
        try
        {
            return new LineJournal(ledger, board, held, keeps);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Asks whether the board is locked for this line still: to be called right before what cannot be undone.</summary>
    /// <exception cref="LedgerException">MKX-LEDGER-026: it is not.</exception>
    public void RequireHeld() => _held.RequireHeld();

    /// <summary>Appends an entry, and returns when it is on the disk.</summary>
    /// <exception cref="LedgerException">It cannot be written; the journal is as it was.</exception>
    public void Write(JournalEntry entry)
    {
        if (_keeps is not null && !_keeps(entry))
        {
            return;
        }

        using var transaction = _ledger.Begin();
        transaction.Append(new LineEntry(_board.ToString(), entry));
        transaction.Commit();
        _entries.Add(entry);
    }

    /// <summary>Lets go of the board.</summary>
    public void Dispose() => _held.Dispose();
}
