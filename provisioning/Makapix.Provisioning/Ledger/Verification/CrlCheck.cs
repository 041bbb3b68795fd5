using System.Data.Common;
using Makapix.Provisioning.Ledger.Events;

namespace Makapix.Provisioning.Ledger.Verification;

/// <summary>The CRL numbers: each as its entry took it.</summary>
internal sealed class CrlCheck() : TableCheck("crl_numbers", "seq", "seq", typeof(CrlNumbered))
{
    protected override string Select => "SELECT n.seq, n.seq, a.type, a.data, n.issuer_serial, n.number FROM crl_numbers n LEFT JOIN audit a ON a.seq = n.seq ORDER BY n.seq";

    protected override string? Difference(DbDataReader row, Replay replay) =>
        Event<CrlNumbered>(row, 2) is { } taken && taken == new CrlNumbered(row.GetString(4), row.GetInt64(5)) ? null : $"entry {row.GetInt64(1)} did not take it";
}
