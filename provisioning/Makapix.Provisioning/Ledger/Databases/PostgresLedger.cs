using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Data;
using System.Data.Common;
using System.Globalization;
using System.IO;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Makapix.Provisioning.Ledger.Verification;
using Npgsql;

namespace Makapix.Provisioning.Ledger.Databases;

/// <summary>A ledger in a database of a PostgreSQL server, for several stations. Writers take turns by an advisory lock, which ends with their transaction.</summary>
internal sealed class PostgresLedger(string connectionString, string place, LedgerOptions options) : LedgerDatabase(options)
{
    // A station that was switched off in the middle of a transaction would keep every other from writing until TCP gives up, in hours. Longer than a ceremony's signatures take.
    private const int Abandoned = 120_000;

    private static readonly long WriterKey = Key("writer");

    public override string Place => place;

    public override string LikeInAnyCase => "ILIKE";

    public override string TableCount => "SELECT COUNT(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = @p0";

    public override DbConnection Connect()
    {
        // Where every local user may look: /proc/PID/environ of this user's other programs, and whatever they start.
        if (Environment.GetEnvironmentVariable("PGPASSWORD") is not null)
        {
            throw new LedgerException("023", "the environment holds a password for PostgreSQL (PGPASSWORD), which every program that is started gets too.", "Unset it; put the password into a password file of this user alone, and name that by PGPASSFILE.");
        }

        var connection = new NpgsqlConnection(connectionString);
        try
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = string.Create(CultureInfo.InvariantCulture, $"SET lock_timeout = {Math.Max(1, (long)Options.LockTimeout.TotalMilliseconds)}; SET synchronous_commit = on; SET idle_in_transaction_session_timeout = {Abandoned}");
            command.ExecuteNonQuery();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public override DbTransaction BeginWriting(DbConnection connection)
    {
        var transaction = ((NpgsqlConnection)connection).BeginTransaction(IsolationLevel.ReadCommitted);
        try
        {
            using var command = Call(connection, "SELECT pg_advisory_xact_lock(@key)", WriterKey);
            command.ExecuteNonQuery();
            return transaction;
        }
        catch
        {
            transaction.Dispose();
            throw;
        }
    }

    public override DbTransaction BeginReading(DbConnection connection) => ((NpgsqlConnection)connection).BeginTransaction(IsolationLevel.RepeatableRead);

    public override IEnumerable<LedgerFinding> SchemaChanges(LedgerSession session) => PostgresInspection.SchemaChanges(session, Options.Schema);

    public override bool IsFailure(Exception failure) => failure is NpgsqlException and not NpgsqlOperationInProgressException or InvalidOperationException or SocketException or IOException or TimeoutException;

    // Classes and codes of https://www.postgresql.org/docs/current/errcodes-appendix.html.
    public override LedgerException Translate(Exception failure, bool committing) => failure switch
    {
        PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } => LedgerFailure.Missing(place, failure),
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } => LedgerFailure.Full(place, failure),
        PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable } => LedgerFailure.Busy(place, failure),
        PostgresException { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction or PostgresErrorCodes.InsufficientPrivilege } => LedgerFailure.NotWritable(place, failure),
        PostgresException { SqlState: PostgresErrorCodes.IoError } => LedgerFailure.DiskFailed(place, failure),
        PostgresException { SqlState: ['2', '8', ..] } => LedgerFailure.Refused(place, failure),
        PostgresException { SqlState: ['X', 'X', ..] } => LedgerFailure.Damaged(place, failure),

        // 08: the connection; 53: too many of them; 57P: the server is shut down or not up yet.
        PostgresException { SqlState: not (['0', '8', ..] or ['5', '3', ..] or ['5', '7', 'P', ..]) } => LedgerFailure.Broken(place, failure),
        _ => committing ? LedgerFailure.Unknown(place, failure) : LedgerFailure.Gone(place, failure),
    };

    public override LedgerLock? TryLock(string name)
    {
        // On a connection of its own: it is held as long as that is open, and let go of by the server if this process dies.
        var connection = Connect();
        try
        {
            var key = Key($"lock {name}");
            using var command = Call(connection, "SELECT pg_try_advisory_lock(@key)", key);
            if (command.ExecuteScalar() is true)
            {
                return new PostgresLock(connection, Call(connection, PostgresLock.Held, key), IsFailure, place);
            }
        }
        catch
        {
            connection.Dispose();
            throw;
        }

        connection.Dispose();
        return null;
    }

    private static long Key(string name) => BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"makapix ledger {name}")));

    private static DbCommand Call(DbConnection connection, string sql, long key)
    {
        var command = (NpgsqlCommand)connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue("@key", key);
        return command;
    }
}
