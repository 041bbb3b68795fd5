using System;
using System.Collections.Generic;
using System.Linq;
using Makapix.Provisioning.Authority;
using Makapix.Provisioning.Ledger.Databases;

namespace Makapix.Provisioning.Ledger.Tables;

/// <summary>The tables, counted.</summary>
internal static class SummaryTable
{
    public static Dictionary<DeviceState, long> Devices(LedgerSession session)
    {
        var counts = Enum.GetValues<DeviceState>().ToDictionary(state => state, _ => 0L);
        foreach (var (state, count) in session.All("SELECT state, COUNT(*) FROM devices GROUP BY state", row => (LedgerWords.Parse<DeviceState>(row.GetString(0)), row.GetInt64(1))))
        {
            counts[state] = count;
        }

        return counts;
    }

    public static List<LedgerSummary.CertificateCount> Certificates(LedgerSession session, DateTimeOffset now) => session.All(
        """
        SELECT kind, CASE WHEN revoked_seq IS NOT NULL THEN 'revoked' WHEN not_after < @p0 THEN 'expired' ELSE 'valid' END AS state, COUNT(*)
        FROM certificates GROUP BY 1, 2 ORDER BY 1, 2
        """,
        row => new LedgerSummary.CertificateCount(LedgerWords.Parse<CertificateKind>(row.GetString(0)), LedgerWords.Parse<CertificateState>(row.GetString(1)), row.GetInt64(2)),
        now.ToUnixTimeMilliseconds());
}
