using System;
using System.Collections.Generic;
using System.Data;
using System.Data.Common;
using System.Globalization;

namespace Makapix.Provisioning.Ledger.Databases;

/// <summary>One connection and the transaction that is open on it. Statements are prepared once; whatever the database throws comes out as a coded error.</summary>
internal sealed class LedgerSession : IDisposable
{
    private readonly LedgerDatabase _database;
    private readonly DbConnection _connection;
    private readonly Dictionary<string, DbCommand> _commands = [];
    private DbTransaction? _transaction;

    private LedgerSession(LedgerDatabase database, DbConnection connection)
    {
        _database = database;
        _connection = connection;
    }

    /// <summary>Whether the connection has failed, and is to be thrown away.</summary>
    public bool Failed { get; private set; }

    /// <inheritdoc cref="LedgerDatabase.LikeInAnyCase"/>
    public string LikeInAnyCase => _database.LikeInAnyCase;

    /// <exception cref="LedgerException">It cannot be reached.</exception>
    public static LedgerSession Open(LedgerDatabase database)
    {
        try
        {
            return new LedgerSession(database, database.Connect());
        }
        catch (Exception e) when (database.IsFailure(e))
        {
            throw database.Translate(e, committing: false);
        }
    }

    /// <exception cref="LedgerException">MKX-LEDGER-010: another writer does not finish. Or the database failed.</exception>
    public void Begin(bool writing) => _transaction = Guard(() => writing ? _database.BeginWriting(_connection) : _database.BeginReading(_connection));

    /// <summary>Makes all that was written since <see cref="Begin"/> last, or throws and has written nothing of it.</summary>
    public void Commit()
    {
        Guard(
            () =>
            {
                _transaction!.Commit();
                return 0;
            },
            committing: true);
        Close();
    }

    /// <summary>Ends the transaction, and forgets what was written in it.</summary>
    public void Rollback()
    {
        try
        {
            _transaction?.Rollback();
        }
        catch (Exception e) when (_database.IsFailure(e) || e is InvalidOperationException)
        {
            // Some failures have rolled it back already, and a connection that is gone has nothing to roll back.
            Failed = true;
        }

        Close();
    }

    /// <summary>Runs a statement; returns how many rows it changed.</summary>
    public int Execute(string sql, params ReadOnlySpan<object?> values)
    {
        var command = Prepared(sql, values);
        return Guard(command.ExecuteNonQuery);
    }

    /// <summary>The first row, or null.</summary>
    public T? First<T>(string sql, Func<DbDataReader, T> read, params ReadOnlySpan<object?> values)
        where T : class
    {
        var command = Prepared(sql, values);
        return Guard(() =>
        {
            using var reader = command.ExecuteReader();
            return reader.Read() ? Value(read, reader) : null;
        });
    }

    /// <summary>One number, or 0 if there is no row or it is null.</summary>
    public long Number(string sql, params ReadOnlySpan<object?> values)
    {
        var command = Prepared(sql, values);
        return Guard(() => command.ExecuteScalar() is { } found and not DBNull ? Convert.ToInt64(found, CultureInfo.InvariantCulture) : 0);
    }

    /// <summary>All rows.</summary>
    public List<T> All<T>(string sql, Func<DbDataReader, T> read, params ReadOnlySpan<object?> values)
    {
        var command = Prepared(sql, values);
        return Guard(() =>
        {
            var rows = new List<T>();
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                rows.Add(Value(read, reader));
            }

            return rows;
        });
    }

    /// <summary>All rows, one at a time. Nothing else can be done with the session until the last was read or the reading was given up.</summary>
    public IEnumerable<T> Stream<T>(string sql, Func<DbDataReader, T> read, params object?[] values)
    {
        using var command = Command(sql, values);
        using var reader = Guard(() => command.ExecuteReader());
        while (Guard(reader.Read))
        {
            yield return Value(read, reader);
        }
    }

    /// <summary>All rows of a query without values, as they come. Nothing else can be done with the session meanwhile.</summary>
    public IEnumerable<DbDataReader> Rows(string sql)
    {
        using var command = Command(sql, []);
        using var reader = Guard(command.ExecuteReader);
        while (Guard(reader.Read))
        {
            yield return reader;
        }
    }

    /// <summary>Runs a script without values.</summary>
    public void Script(string sql)
    {
        using var command = Command(sql, []);
        Guard(command.ExecuteNonQuery);
    }

    public void Dispose()
    {
        Close();
        foreach (var command in _commands.Values)
        {
            command.Dispose();
        }

        _connection.Dispose();
    }

    private void Close()
    {
        _transaction?.Dispose();
        _transaction = null;
    }

    private DbCommand Prepared(string sql, ReadOnlySpan<object?> values)
    {
        if (!_commands.TryGetValue(sql, out var command))
        {
            command = Command(sql, values);
            Guard(() =>
            {
                command.Prepare();
                return 0;
            });
            _commands.Add(sql, command);
            return command;
        }

        command.Transaction = _transaction;
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = Storable(values[i]);
        }

        return command;
    }

    private DbCommand Command(string sql, ReadOnlySpan<object?> values)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = _transaction;
        for (var i = 0; i < values.Length; i++)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = $"@p{i}";
            parameter.DbType = values[i] is long ? DbType.Int64 : DbType.String;
            parameter.Value = Storable(values[i]);
            command.Parameters.Add(parameter);
        }

        return command;
    }

    // A row that this program did not write.
    private static T Value<T>(Func<DbDataReader, T> read, DbDataReader row)
    {
        try
        {
            return read(row);
        }
        catch (Exception e) when (e is InvalidCastException or InvalidOperationException or FormatException or ArgumentException or OverflowException)
        {
            throw new LedgerException("025", "a table of the ledger holds a value that cannot be there.", "Run 'makapix ledger verify': it says which row was changed.", e);
        }
    }

    // One database ends a text there, another refuses it: what was read back would not be what was hashed.
    private static object Storable(object? value) => value is string text && text.Contains('\0', StringComparison.Ordinal)
        ? throw new LedgerException("024", "a text with a zero character in it cannot stand in the ledger.", "Give text without control characters.")
        : value ?? DBNull.Value;

    private T Guard<T>(Func<T> action, bool committing = false)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (_database.IsFailure(e))
        {
            Failed = true;
            throw _database.Translate(e, committing);
        }
    }
}
