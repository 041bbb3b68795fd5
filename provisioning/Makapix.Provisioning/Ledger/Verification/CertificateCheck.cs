using System;
using System.Data.Common;
using Makapix.Provisioning.Ledger.Events;
using Makapix.Provisioning.Ledger.Tables;

namespace Makapix.Provisioning.Ledger.Verification;

/// <summary>The certificates: each as it was issued, and revoked by exactly the entry that revoked it.</summary>
internal sealed class CertificateCheck() : TableCheck("certificates", "serial", "issued_seq", typeof(CertificateIssued))
{
    // Where things are in a row.
    private const int Made = 2;
    private const int MadeAt = 4;
    private const int Revoked = 5;
    private const int RevokedAt = 7;
    private const int RevokedSeq = 8;
    private const int Certificate = 9;

    private long _revoked;

    protected override string Select =>
        $"""
        SELECT c.serial, c.issued_seq, a.type, a.data, a.at, r.type, r.data, r.at, c.revoked_seq, {CertificateTable.Columns}
        FROM certificates c LEFT JOIN audit a ON a.seq = c.issued_seq LEFT JOIN audit r ON r.seq = c.revoked_seq ORDER BY c.issued_seq
        """;

    /// <summary>How many of them are revoked.</summary>
    public long RevokedRows => _revoked;

    protected override string? Difference(DbDataReader row, Replay replay)
    {
        if (Event<CertificateIssued>(row, Made) is not { } issued)
        {
            return $"entry {row.GetInt64(1)} did not issue it";
        }

        if (Read(row) is not { } actual)
        {
            return "it holds a value that cannot be there";
        }

        var expected = new LedgerCertificate(issued.Serial, issued.Kind, issued.CommonName, issued.IssuerSerial, Whole(issued.NotBefore), Whole(issued.NotAfter), issued.Sha256, Time(row, MadeAt));
        if (!row.IsDBNull(RevokedSeq))
        {
            _revoked++;
            if (Event<CertificateRevoked>(row, Revoked) is not { } revoked || revoked.Serial != issued.Serial)
            {
                return $"entry {row.GetInt64(RevokedSeq)} did not revoke it";
            }

            expected = expected with { RevokedAt = Time(row, RevokedAt), Reason = revoked.Reason };
        }

        return actual == expected ? null : $"it is not as entry {row.GetInt64(1)} issued it, or not revoked as it was";
    }

    private static LedgerCertificate? Read(DbDataReader row)
    {
        try
        {
            return CertificateTable.Read(row, Certificate);
        }
        catch (Exception e) when (e is LedgerException or InvalidCastException or ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    private static DateTimeOffset Time(DbDataReader row, int column) => EntryTime.Nearest(row.GetInt64(column));

    private static DateTimeOffset Whole(DateTimeOffset time) => DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds());
}
