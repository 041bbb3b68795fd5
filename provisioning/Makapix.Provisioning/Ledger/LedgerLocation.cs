using System.IO;

namespace Makapix.Provisioning.Ledger;

/// <summary>Where a ledger is.</summary>
public sealed record LedgerLocation
{
    private LedgerLocation(string path) => SqlitePath = path;

    /// <summary>The SQLite file, as a full path.</summary>
    internal string SqlitePath { get; }

    /// <summary>A ledger in a file.</summary>
    /// <param name="path">The file.</param>
    public static LedgerLocation Sqlite(string path) => new(Path.GetFullPath(path));

    /// <summary>For people.</summary>
    public override string ToString() => SqlitePath;
}
