using System;
using System.Collections.Generic;
using System.Data;
using System.Data.Common;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using Makapix.Provisioning.Ledger.Verification;
using Makapix.Provisioning.Storage;
using Microsoft.Data.Sqlite;

namespace Makapix.Provisioning.Ledger.Databases;

/// <summary>A ledger in one SQLite file, for one machine. Readers never wait, writers one after the other, and what was committed survives a power cut.</summary>
internal sealed class SqliteLedger(string path, LedgerOptions options) : LedgerDatabase(options)
{
    // Result codes of SQLite, https://sqlite.org/rescode.html.
    private const int Permission = 3;
    private const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int InputOutput = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int NotADatabase = 26;

    // SQLITE_IOERR_SHMSIZE: no room for the index of the journal, which every open ledger has beside it.
    private const int NoRoomForIndex = InputOutput | (19 << 8);

    public override string Place => path;

    public override string TableCount => "SELECT COUNT(*) FROM sqlite_schema WHERE type = 'table' AND name = @p0";

    public override void Create(Action<LedgerDatabase> build)
    {
        if (Path.Exists(path))
        {
            throw LedgerFailure.Exists(path);
        }

        // Beside its name, which it takes when it is whole. SQLite would give it the mode that the umask says; its journal files take the mode of this one.
        var building = $"{path}.{RandomNumberGenerator.GetHexString(8, lowercase: true)}.new";
        try
        {
            DurableFile.Create(building, [], DurableFile.Private);
            build(new SqliteLedger(building, Options));
            Options.BeforeWrite?.Invoke("create-rename");
            File.Move(building, path, overwrite: false);
        }
        catch (IOException e) when (File.Exists(path))
        {
            throw LedgerFailure.Exists(path, e);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or DirectoryNotFoundException)
        {
            throw LedgerFailure.NotWritable(path, e);
        }
        finally
        {
            foreach (var file in (string[])[building, building + "-wal", building + "-shm"])
            {
                File.Delete(file);
            }
        }

        DurableFile.FlushFolder(Path.GetDirectoryName(path)!);
    }

    public override DbConnection Connect()
    {
        if (!File.Exists(path))
        {
            throw LedgerFailure.Missing(path);
        }

        // SQLite itself waits for other writers, by the busy timeout; the provider's own waiting looks six times a second only.
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadWrite,
            Pooling = false,
            ForeignKeys = true,
            DefaultTimeout = 1,
        }.ToString());
        try
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = $"""
                PRAGMA busy_timeout = {(long)Options.LockTimeout.TotalMilliseconds};
                PRAGMA journal_mode = WAL;
                PRAGMA synchronous = FULL;
                PRAGMA trusted_schema = OFF;
                {(Options.MaxPages > 0 ? $"PRAGMA max_page_count = {Options.MaxPages};" : "")}
                """;
            command.ExecuteNonQuery();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public override DbTransaction BeginWriting(DbConnection connection) => ((SqliteConnection)connection).BeginTransaction(IsolationLevel.Serializable, deferred: false);

    public override DbTransaction BeginReading(DbConnection connection) => ((SqliteConnection)connection).BeginTransaction(IsolationLevel.Serializable, deferred: true);

    // INTEGER is SQLite's own word for 64 bits; as a primary key it is the row's own number, and costs no index.
    public override string Schema(string portable) => portable.Replace("BIGINT", "INTEGER", StringComparison.Ordinal);

    public override IEnumerable<LedgerFinding> SchemaChanges(LedgerSession session) => SqliteInspection.SchemaChanges(session, Options.Schema.Select(Schema));

    public override IEnumerable<LedgerFinding> TrailChanges(LedgerSession session, long entries) => SqliteInspection.TrailChanges(session, entries);

    public override IEnumerable<LedgerFinding> ValueChanges(LedgerSession session) => SqliteInspection.ValueChanges(session, Options.Schema.Select(Schema));

    public override bool IsFailure(Exception failure) => failure is SqliteException;

    public override LedgerException Translate(Exception failure, bool committing) => ((SqliteException)failure).SqliteErrorCode switch
    {
        Busy or Locked => LedgerFailure.Busy(path, failure),
        ReadOnly or CannotOpen when !File.Exists(path) => LedgerFailure.Missing(path, failure),
        ReadOnly or CannotOpen or Permission => LedgerFailure.NotWritable(path, failure),
        InputOutput when ((SqliteException)failure).SqliteExtendedErrorCode == NoRoomForIndex => LedgerFailure.Full(path, failure),
        InputOutput => LedgerFailure.DiskFailed(path, failure),
        Full => LedgerFailure.Full(path, failure),
        Corrupt or NotADatabase => LedgerFailure.Damaged(path, failure),
        _ => LedgerFailure.Broken(path, failure),
    };

    public override LedgerLock? TryLock(string name) => SqliteLock.TryTake(path, name, Options);
}
