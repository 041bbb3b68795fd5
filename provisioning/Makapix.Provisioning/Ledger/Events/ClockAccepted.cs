namespace Makapix.Provisioning.Ledger.Events;

/// <summary>A person has looked at the clock, and says that it is right although it is far from the newest entry's time.</summary>
/// <param name="Reason">Why, for people.</param>
public sealed record ClockAccepted(string Reason) : LedgerEvent
{
    internal override string Subject => "clock";
}
