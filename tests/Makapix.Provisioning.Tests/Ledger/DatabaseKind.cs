namespace Makapix.Provisioning.Tests.Ledger;

/// <summary>What a ledger of these tests lies in.</summary>
public enum DatabaseKind
{
    Sqlite,
    Postgres,
}
