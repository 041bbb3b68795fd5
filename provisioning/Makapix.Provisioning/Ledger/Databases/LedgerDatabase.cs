using System;
using System.Collections.Generic;
using System.Data.Common;
using Makapix.Provisioning.Ledger.Verification;

namespace Makapix.Provisioning.Ledger.Databases;

/// <summary>What differs between the databases that a ledger may lie in: how to reach it, how to have it alone, and what its errors mean.</summary>
internal abstract class LedgerDatabase(LedgerOptions options)
{
    /// <summary>Where it is, for people.</summary>
    public abstract string Place { get; }

    protected LedgerOptions Options { get; } = options;

    /// <summary>The database of a location.</summary>
    public static LedgerDatabase Of(LedgerLocation location, LedgerOptions options) =>
        location.PostgresConnection is { } connection ? new PostgresLedger(connection, location.Place, options) : new SqliteLedger(location.SqlitePath!, options);

    /// <summary>Makes a new ledger: a whole one or none, whatever dies meanwhile.</summary>
    /// <param name="build">Makes the tables in the database that it is given.</param>
    /// <exception cref="LedgerException">MKX-LEDGER-002: something is there.</exception>
    public virtual void Create(Action<LedgerDatabase> build) => build(this);

    /// <summary>Opens a connection of its own, ready to use.</summary>
    /// <exception cref="LedgerException">MKX-LEDGER-001: there is nothing. Or it cannot be reached.</exception>
    public abstract DbConnection Connect();

    /// <summary>Begins a transaction that no other writer is in, and waits for the one before it.</summary>
    public abstract DbTransaction BeginWriting(DbConnection connection);

    /// <summary>Begins a transaction that sees one moment of the ledger, whatever others write meanwhile.</summary>
    public abstract DbTransaction BeginReading(DbConnection connection);

    /// <summary>A query for how many tables of that name there are: <c>@p0</c>.</summary>
    public abstract string TableCount { get; }

    /// <summary>The operator that finds text whatever the case of its ASCII letters; SQLite's own does.</summary>
    public virtual string LikeInAnyCase => "LIKE";

    /// <summary>The schema as this database wants it.</summary>
    public virtual string Schema(string portable) => portable;

    /// <summary>What somebody has changed of the tables themselves: a trigger could undo what is written, an index could leave out what a table holds.</summary>
    public abstract IEnumerable<LedgerFinding> SchemaChanges(LedgerSession session);

    /// <summary>What leads to the trail's entries, and does not lead to all of them.</summary>
    /// <param name="session">The ledger.</param>
    /// <param name="entries">How many there are.</param>
    public virtual IEnumerable<LedgerFinding> TrailChanges(LedgerSession session, long entries) => [];

    /// <summary>Values that read as what they are not, outside of the trail: the row looks as it was written, and no question finds it.</summary>
    public virtual IEnumerable<LedgerFinding> ValueChanges(LedgerSession session) => [];

    /// <summary>What a failure of the database means.</summary>
    /// <param name="failure">What it threw.</param>
    /// <param name="committing">Whether it was thrown while a transaction was committed.</param>
    public abstract LedgerException Translate(Exception failure, bool committing);

    /// <summary>Whether <paramref name="failure"/> is one of the database, and not of the program.</summary>
    public abstract bool IsFailure(Exception failure);

    /// <summary>A lock by name that outlives transactions; null if somebody has it.</summary>
    public abstract LedgerLock? TryLock(string name);
}
