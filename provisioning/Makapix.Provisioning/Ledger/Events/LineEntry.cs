using Makapix.Provisioning.Line;

namespace Makapix.Provisioning.Ledger.Events;

/// <summary>The line did something to a board, or is about to.</summary>
/// <param name="Board">Its MAC address, <c>aa:bb:cc:dd:ee:ff</c>.</param>
/// <param name="Entry">What.</param>
public sealed record LineEntry(string Board, JournalEntry Entry) : LedgerEvent
{
    internal override string Subject => Board;
}
