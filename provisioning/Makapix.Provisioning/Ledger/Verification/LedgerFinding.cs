namespace Makapix.Provisioning.Ledger.Verification;

/// <summary>Something in a ledger that is not as it was written.</summary>
/// <param name="Table">Where: <c>audit</c>, <c>certificates</c>, <c>devices</c>, <c>line_journal</c>, <c>crl_numbers</c>, <c>meta</c>, or <c>schema</c>.</param>
/// <param name="Key">Which row: the number of an entry, a serial number, a device id.</param>
/// <param name="What">What is wrong with it.</param>
public sealed record LedgerFinding(string Table, string Key, string What)
{
    internal const string Schema = "schema";

    /// <summary>Something of that name is not as the schema makes it, or is none of its.</summary>
    internal static LedgerFinding OfSchema(string name) => new(Schema, name, "the tables are not as makapix made them");

    /// <summary>A row whose value is of another kind than its column's, or has a zero in its text.</summary>
    internal static LedgerFinding OfValue(string table, string key) => new(table, key, "it holds a value that reads as another than it is: questions pass it over");
}
