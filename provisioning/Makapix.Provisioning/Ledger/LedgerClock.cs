using System;
using Makapix.Provisioning.Ledger.Events;

namespace Makapix.Provisioning.Ledger;

/// <summary>Whether this machine's clock can be right, by the newest entry: dates of certificates come from it, and nobody can correct one that was issued.</summary>
internal static class LedgerClock
{
    /// <summary>Stations that share a ledger differ by so much, and a clock is set back by so much when it is set right.</summary>
    public static readonly TimeSpan Backward = TimeSpan.FromMinutes(5);

    /// <summary>A ledger that nobody wrote to for longer looks the same as a clock that jumped.</summary>
    public static readonly TimeSpan Forward = TimeSpan.FromDays(90);

    private const string NextStep = "Set the clock; if it is right, say so with 'makapix ledger accept-clock --reason TEXT', then run the command again.";

    /// <exception cref="LedgerException">MKX-LEDGER-021: the clock was set back. 022: it jumped forward.</exception>
    public static void Require(LedgerHead? newest, DateTimeOffset now, LedgerEvent happened)
    {
        if (newest is null || happened is ClockAccepted)
        {
            return;
        }

        if (now < newest.At - Backward)
        {
            throw new LedgerException("021", $"this machine's clock ({now:u}) is before the newest entry of the ledger ({newest.At:u}).", NextStep);
        }

        if (now > newest.At + Forward)
        {
            throw new LedgerException("022", $"this machine's clock ({now:u}) is {(now - newest.At).TotalDays:0} days after the newest entry of the ledger ({newest.At:u}).", NextStep);
        }
    }
}
