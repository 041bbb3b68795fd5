using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;

namespace Makapix.Provisioning.Line;

/// <summary>What the journal of a board adds up to.</summary>
internal sealed record LineHistory
{
    /// <summary>Identities that may have been issued and are on no device: to be voided.</summary>
    public ImmutableArray<BoardIdentity> Unused { get; private init; } = [];

    /// <summary>The identity whose burn was begun and not finished; its eFuses may be in any state.</summary>
    public BoardIdentity? Burning { get; private init; }

    /// <summary>Whether the last lock was begun, and nobody knows whether the chip still answers.</summary>
    public bool Locking { get; private init; }

    /// <summary>Whether that lock was read back.</summary>
    private bool Locked { get; init; }

    /// <summary>Whether the device is in the ledger.</summary>
    private bool Recorded { get; init; }

    /// <summary>The device that the board has become.</summary>
    public Guid? Finished { get; private init; }

    /// <summary>Why the board can never become one; null if it can.</summary>
    public string? Scrapped { get; private init; }

    /// <summary>The device whose burn was begun, and whose certificate was voided then.</summary>
    public Guid? Voided { get; private init; }

    /// <summary>The last run that had a plan, if no device has come of it.</summary>
    public BoardIdentity? Planned { get; private init; }

    /// <exception cref="LineException">100: it can never become a device.</exception>
    public void RefuseScrap()
    {
        if (Scrapped is { } why)
        {
            throw Scrap(why);
        }
    }

    public static LineException Scrap(string why) => new("100", $"the journal says that this board is scrap: {why}", "Scrap it; it can never hold a device.");

    public static LineHistory Of(IEnumerable<JournalEntry> entries)
    {
        var history = new LineHistory();
        var runs = new Dictionary<Guid, BoardIdentity>();
        foreach (var entry in entries)
        {
            var run = (runs.TryGetValue(entry.Run, out var known) ? known : new BoardIdentity(entry.Run, Guid.Empty)).With(entry);
            runs[entry.Run] = run;
            history = history.Then(entry, run);
        }

        return history;
    }

    private LineHistory Then(JournalEntry entry, BoardIdentity run) => (entry.Step, entry.Event) switch
    {
        (_, JournalEvent.Voided) when Burning?.Serial == entry.Serial => this with { Burning = null, Voided = Burning?.DeviceId },
        (_, JournalEvent.Voided) => this with { Unused = Unused.RemoveAll(u => u.Serial == entry.Serial) },
        (_, JournalEvent.Scrapped) => this with { Scrapped = entry.Reason ?? "an earlier run found that out." },
        (StepNames.Plan, JournalEvent.Done) => this with { Planned = run },
        (StepNames.Identity, JournalEvent.Begin) when run.Serial is not null => this with { Unused = Unused.Add(run) },
        (StepNames.Identity, JournalEvent.Done) => this with { Unused = Unused.RemoveAll(u => u.Run == run.Run).Add(run) },
        (StepNames.Burn, JournalEvent.Begin) => this with { Unused = Unused.RemoveAll(u => u.Run == run.Run), Burning = run },
        (StepNames.Lock, JournalEvent.Begin) => this with { Locking = true },
        (StepNames.Lock, JournalEvent.Done) => (this with { Locked = true }).Finish(run),
        (StepNames.Record, JournalEvent.Done) => (this with { Recorded = true }).Finish(run),
        _ => this,
    };

    /// <summary>It is a device when it is recorded, and locked if its plan says so; which of the two came first has changed once.</summary>
    private LineHistory Finish(BoardIdentity run) => Recorded && (Locked || run.Plan?.Efuses.Any(efuse => efuse.Last) is not true)
        ? this with { Finished = run.DeviceId, Burning = null, Locking = false, Planned = null }
        : this;
}
