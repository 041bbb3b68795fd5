namespace Makapix.LedgerWriter;

/// <summary>What a later makapix might make of the tables.</summary>
public static class Tomorrow
{
    /// <summary>A version more. It cannot be run twice on one ledger.</summary>
    public const string Schema = """
        CREATE TABLE labels (
          id TEXT PRIMARY KEY NOT NULL REFERENCES devices (id),
          text TEXT NOT NULL
        );
        ALTER TABLE devices ADD COLUMN label BIGINT;
        """;
}
