using System;
using System.Data.Common;

namespace Makapix.Provisioning.Ledger.Databases;

/// <summary>
/// A lock that a server holds for one connection, which nothing else is done on: it is let go of at the latest when that ends, also by a network that fails, a
/// server that is restarted, or somebody who ends it there.
/// </summary>
/// <param name="connection">It.</param>
/// <param name="held">A query for how many such locks this connection holds.</param>
/// <param name="isFailure">Whether a failure is one of the database.</param>
/// <param name="place">Where the ledger is, for people.</param>
internal sealed class PostgresLock(DbConnection connection, DbCommand held, Func<Exception, bool> isFailure, string place) : LedgerLock
{
    /// <summary>How many locks with the key <c>@key</c> this connection holds; a pooler in between may have handed on another one. A key lies there in two halves.</summary>
    public const string Held = "SELECT COUNT(*) FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 1 AND pid = pg_backend_pid() AND granted AND ((classid::bigint << 32) | objid::bigint) = @key";

    // The server sees only after a while that a connection was closed: whoever asks for the lock at once would be told that somebody has it.
    private const string Release = "SELECT pg_advisory_unlock(@key)";

    // Seconds. Then it is left to the connection's end.
    private const int ReleaseLimit = 5;

    public override void RequireHeld()
    {
        try
        {
            if (held.ExecuteScalar() is 1L)
            {
                return;
            }
        }
        catch (Exception e) when (isFailure(e))
        {
            throw LedgerFailure.LockLost(place, e);
        }

        throw LedgerFailure.LockLost(place);
    }

    protected override void Dispose(bool disposing)
    {
        try
        {
            held.CommandText = Release;
            held.CommandTimeout = ReleaseLimit;
            held.ExecuteScalar();
        }
        catch (Exception e) when (isFailure(e))
        {
            // Lost, as the connection is: nothing is to be let go of.
        }
        finally
        {
            held.Dispose();
            connection.Dispose();
        }
    }
}
