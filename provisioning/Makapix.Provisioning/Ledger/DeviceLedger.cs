using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Makapix.Provisioning.Ledger.Databases;
using Makapix.Provisioning.Ledger.Verification;

namespace Makapix.Provisioning.Ledger;

/// <summary>
/// Who exists and what happened: certificates, devices, the journal of the line, and the audit trail that all of it is written by. Each entry
/// carries the hash of the one before. Safe for use by several threads; several processes may open the same ledger.
/// </summary>
public sealed class DeviceLedger : IDisposable
{
    private readonly LedgerDatabase _database;
    private readonly LedgerOptions _options;
    private readonly ConcurrentBag<LedgerSession> _idle = [];
    private bool _disposed;

    private DeviceLedger(LedgerDatabase database, LedgerOptions options)
    {
        _database = database;
        _options = options;
    }

    /// <summary>The ledger's own id, in its first hash.</summary>
    public Guid Id { get; private set; }

    /// <summary>Makes a new ledger.</summary>
    /// <param name="location">Where; nothing may be there yet, but in PostgreSQL a ledger without an entry.</param>
    /// <param name="options">Clock and the like; the defaults fit production.</param>
    /// <exception cref="LedgerException">MKX-LEDGER-002: something is there. 008, 009, 014, 015, 017: it cannot be written.</exception>
    public static DeviceLedger Create(LedgerLocation location, LedgerOptions? options = null)
    {
        options ??= new LedgerOptions();
        LedgerDatabase.Of(location, options).Create(place => Build(place, options));
        return Open(location, options);
    }

    /// <summary>Opens a ledger, and brings its tables up to this version if they are older.</summary>
    /// <param name="location">Where it is.</param>
    /// <param name="options">Clock and the like; the defaults fit production.</param>
    /// <exception cref="LedgerException">MKX-LEDGER-001: there is none. 003: something else is there. 004: a newer makapix wrote it. 005: it is damaged. 008…018: it cannot be used.</exception>
    public static DeviceLedger Open(LedgerLocation location, LedgerOptions? options = null)
    {
        options ??= new LedgerOptions();
        var ledger = new DeviceLedger(LedgerDatabase.Of(location, options), options);
        try
        {
            ledger.Load();
            return ledger;
        }
        catch
        {
            ledger.Dispose();
            throw;
        }
    }

    /// <summary>Closes the ledger to every other writer, and brings the caller up to date.</summary>
    /// <exception cref="LedgerException">MKX-LEDGER-004: a newer makapix has brought it up to date meanwhile. 010: another writer does not finish. Else the database failed.</exception>
    public LedgerTransaction Begin()
    {
        var session = Take(writing: true);
        try
        {
            // A newer makapix may have been at it since it was opened: what this one writes could be half of what belongs there now.
            _ = Version(session);
            return new LedgerTransaction(this, session, _options);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>The ledger as it is now. Keeps no writer waiting.</summary>
    public LedgerView Read() => new(this, Take(writing: false));

    /// <summary>Takes a lock that outlives transactions, until it is disposed of or this process ends: two lines cannot work on one board.</summary>
    /// <param name="name">What is locked.</param>
    /// <returns>Null if somebody has it.</returns>
    /// <exception cref="LedgerException">008, 009, 014 to 018: it cannot be taken, and nobody knows whether somebody has it.</exception>
    public LedgerLock? TryLock(string name)
    {
        try
        {
            return _database.TryLock(name);
        }
        catch (Exception e) when (_database.IsFailure(e))
        {
            throw _database.Translate(e, committing: false);
        }
    }

    /// <summary>Looks whether the ledger is still there, over a connection of its own: one that is open already does not tell that its file was deleted.</summary>
    /// <exception cref="LedgerException">It is not, or cannot be used.</exception>
    public void RequireThere()
    {
        using var session = Begun(LedgerSession.Open(_database), writing: false);
        session.Rollback();
    }

    /// <summary>Closes every connection.</summary>
    public void Dispose()
    {
        _disposed = true;
        while (_idle.TryTake(out var session))
        {
            session.Dispose();
        }
    }

    /// <inheritdoc cref="LedgerDatabase.SchemaChanges"/>
    internal IEnumerable<LedgerFinding> SchemaChanges(LedgerView view) => _database.SchemaChanges(view.Session);

    /// <inheritdoc cref="LedgerDatabase.TrailChanges"/>
    internal IEnumerable<LedgerFinding> TrailChanges(LedgerView view, long entries) => _database.TrailChanges(view.Session, entries);

    /// <inheritdoc cref="LedgerDatabase.ValueChanges"/>
    internal IEnumerable<LedgerFinding> ValueChanges(LedgerView view) => _database.ValueChanges(view.Session);

    /// <summary>Takes back the connection of a transaction that is over.</summary>
    internal void Return(LedgerSession session)
    {
        if (session.Failed || _disposed)
        {
            session.Dispose();
        }
        else
        {
            _idle.Add(session);
        }
    }

    private LedgerSession Take(bool writing)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        while (_idle.TryTake(out var idle))
        {
            try
            {
                return Begun(idle, writing);
            }
            catch (LedgerException e) when (e.Code == LedgerFailure.GoneCode)
            {
                // The server was restarted since: nothing was begun on this connection, and another one may be good.
            }
        }

        return Begun(LedgerSession.Open(_database), writing);
    }

    private static LedgerSession Begun(LedgerSession session, bool writing)
    {
        try
        {
            session.Begin(writing);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private static void Build(LedgerDatabase place, LedgerOptions options)
    {
        using var session = Begun(LedgerSession.Open(place), writing: true);
        if (session.Number(place.TableCount, "meta") != 0)
        {
            RequireUnused(session, place);
            return;
        }

        options.BeforeWrite?.Invoke("create");
        LedgerSchema.Upgrade(session, place, options, version: 0);
        session.Execute("INSERT INTO meta (name, value) VALUES ('ledger-id', @p0)", Guid.NewGuid().ToString("D"));
        options.BeforeWrite?.Invoke("create-commit");
        session.Commit();
    }

    // A ledger of this version, to the last column, in which nobody has ever written: somebody who was to write to it died before. It is as good as a new one.
    private static void RequireUnused(LedgerSession session, LedgerDatabase place)
    {
        if (place.SchemaChanges(session).Any() || LedgerSchema.Tables.Any(table => session.Number($"SELECT COUNT(*) FROM {table}") != 0))
        {
            throw LedgerFailure.Exists(place.Place);
        }
    }

    private void Load()
    {
        var session = Take(writing: false);
        try
        {
            if (session.Number(_database.TableCount, "meta") == 0)
            {
                throw LedgerFailure.Foreign(_database.Place);
            }

            var version = Version(session);
            if (version < _options.Schema.Length)
            {
                session.Rollback();
                session.Begin(writing: true);
                LedgerSchema.Upgrade(session, _database, _options, Version(session));
                _options.BeforeWrite?.Invoke("upgrade-commit");
                session.Commit();
                session.Begin(writing: false);
            }

            Id = Guid.TryParseExact(Meta(session, "ledger-id"), "D", out var id) ? id : throw LedgerFailure.Damaged(_database.Place);
            session.Rollback();
        }
        catch
        {
            session.Dispose();
            throw;
        }

        Return(session);
    }

    private int Version(LedgerSession session)
    {
        if (!int.TryParse(Meta(session, "version"), NumberStyles.None, CultureInfo.InvariantCulture, out var version) || version == 0)
        {
            throw LedgerFailure.Damaged(_database.Place);
        }

        return version <= _options.Schema.Length
            ? version
            : throw new LedgerException("004", $"the ledger at {_database.Place} was written by a newer makapix (version {version} of its tables).", "Update makapix on this machine; nothing was changed.");
    }

    private static string? Meta(LedgerSession session, string name) => session.First("SELECT value FROM meta WHERE name = @p0", row => row.GetString(0), name);
}
