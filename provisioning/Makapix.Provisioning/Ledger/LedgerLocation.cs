using System;
using System.IO;
using System.Linq;
using System.Net;
using Npgsql;

namespace Makapix.Provisioning.Ledger;

/// <summary>Where a ledger is: an SQLite file, or a PostgreSQL database. Holds no secret.</summary>
public sealed record LedgerLocation
{
    private LedgerLocation(string? path, string? connection, string place)
    {
        SqlitePath = path;
        PostgresConnection = connection;
        Place = place;
    }

    /// <summary>The SQLite file, as a full path; null for PostgreSQL.</summary>
    internal string? SqlitePath { get; }

    /// <summary>The connection string of PostgreSQL; null for SQLite.</summary>
    internal string? PostgresConnection { get; }

    /// <summary>Whether it is a database of a server.</summary>
    internal bool IsShared => PostgresConnection is not null;

    /// <summary>For people.</summary>
    internal string Place { get; }

    /// <summary>A ledger in a file, for one machine.</summary>
    /// <param name="path">The file.</param>
    public static LedgerLocation Sqlite(string path)
    {
        var full = Path.GetFullPath(path);
        return new LedgerLocation(full, null, full);
    }

    /// <summary>A ledger in a database of a PostgreSQL server, for several stations.</summary>
    /// <param name="connection">Npgsql's keywords: <c>Host=…;Database=…;Username=…</c>. Without a password: that comes from a password file.</param>
    /// <exception cref="LedgerException">MKX-LEDGER-006: it holds a password. 007: it is no connection string. 011: it would cross a network unverified.</exception>
    public static LedgerLocation Postgres(string connection)
    {
        var builder = Read(connection);
        if (builder is { Password: not null } or { SslPassword: not null })
        {
            throw new LedgerException("006", "the connection string holds a password, which files, arguments and logs are no place for.", "Put it into a password file of this user alone, and name that by Passfile=FILE or PGPASSFILE.");
        }

        if (builder.SslMode != SslMode.VerifyFull && !builder.Host!.Split(',').All(IsLocal))
        {
            throw new LedgerException("011", "the ledger is on another machine, and nothing proves which.", "Add 'SSL Mode=VerifyFull' to the connection string, and 'Root Certificate=FILE' for a CA of your own.");
        }

        builder.Pooling = false;
        builder.ApplicationName = "makapix";
        builder.IncludeErrorDetail = false;
        return new LedgerLocation(null, builder.ToString(), $"database {builder.Database} of {builder.Host}");
    }

    /// <summary>Reads what <c>ledger.json</c> says: a connection string if it has an equals sign, else the path of an SQLite file.</summary>
    /// <param name="text">The words.</param>
    /// <param name="folder">Where a relative path begins.</param>
    /// <exception cref="LedgerException">As <see cref="Postgres"/>.</exception>
    public static LedgerLocation Parse(string text, string folder) => text.Contains('=', StringComparison.Ordinal) ? Postgres(text) : Sqlite(Path.Combine(folder, text));

    /// <summary>The ledger of an authority: what the <c>ledger.json</c> of its folder says.</summary>
    /// <param name="folder">The authority's folder.</param>
    /// <exception cref="LedgerException">MKX-LEDGER-001: it has none. 007: it says nothing that can be read. Else as <see cref="Postgres"/>.</exception>
    public static LedgerLocation OfFolder(string folder) => Parse(LedgerFile.Read(folder), folder);

    /// <summary>For people.</summary>
    public override string ToString() => Place;

    private static NpgsqlConnectionStringBuilder Read(string connection)
    {
        try
        {
            var builder = new NpgsqlConnectionStringBuilder(connection);
            return builder is { Host.Length: > 0, Database.Length: > 0 } ? builder : throw new ArgumentException("Host or Database is missing.");
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidCastException or OverflowException or NotSupportedException)
        {
            throw new LedgerException("007", "that is no connection string of a PostgreSQL ledger.", "Give Host=NAME;Database=NAME;Username=NAME, and no password.", e);
        }
    }

    // A slash: the folder of a socket of this machine.
    private static bool IsLocal(string host) => host.StartsWith('/') || host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
