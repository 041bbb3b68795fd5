using System;
using System.Collections.Immutable;
using System.Linq;
using Makapix.Provisioning.Ledger.Databases;

namespace Makapix.Provisioning.Ledger;

/// <summary>What the ledger takes from the world around it.</summary>
public sealed record LedgerOptions
{
    private const int MaxActor = 128;

    /// <summary>The clock that entries are dated by.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Who writes, as each entry says: 1 to 128 characters, none of them a control character. Not proved by anything; by default the user and the machine.</summary>
    public string Actor { get; init => field = Required(value); } = Required($"{Environment.UserName}@{Environment.MachineName}");

    /// <summary>How long to wait for another writer; a write takes milliseconds, on a machine that is too busy many seconds; who gives up early has nothing of it.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Called before each step that changes the database, with its name. Tests throw from it, or die in it, to be the power cut.</summary>
    internal Action<string>? BeforeWrite { get; init; }

    /// <summary>Pages that an SQLite file may grow to; 0 for no limit. Tests set it, to be the full disk.</summary>
    internal int MaxPages { get; init; }

    /// <summary>What makes each version of the tables, in order. Tests add one, to be the makapix of tomorrow, or leave one out, to be that of yesterday.</summary>
    internal ImmutableArray<string> Schema { get; init; } = LedgerSchema.Steps;

    private static string Required(string actor) => actor.Length is > 0 and <= MaxActor && !actor.Any(char.IsControl)
        ? actor
        : throw new LedgerException("020", "that cannot be the actor of an entry.", $"Give 1 to {MaxActor} characters without control characters.");
}
