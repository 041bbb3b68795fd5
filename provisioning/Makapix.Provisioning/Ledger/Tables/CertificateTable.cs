using System;
using System.Collections.Generic;
using System.Data.Common;
using System.Security.Cryptography.X509Certificates;
using Makapix.Provisioning.Authority;
using Makapix.Provisioning.Ledger.Databases;
using Makapix.Provisioning.Ledger.Events;

namespace Makapix.Provisioning.Ledger.Tables;

/// <summary>Every certificate that was ever issued, each in one row.</summary>
internal static class CertificateTable
{
    /// <summary>In the order in which <see cref="Read(DbDataReader, int)"/> expects them.</summary>
    public const string Columns = "c.serial, c.kind, c.common_name, c.issuer_serial, c.not_before, c.not_after, c.sha256, c.issued_at, c.revoked_at, c.reason";

    private const string Select = $"SELECT {Columns} FROM certificates c";

    /// <exception cref="LedgerException">MKX-LEDGER-030: the serial number was issued before.</exception>
    public static void Apply(LedgerSession session, long seq, long at, CertificateIssued e)
    {
        var added = session.Execute(
            """
            INSERT INTO certificates (serial, kind, common_name, issuer_serial, not_before, not_after, sha256, issued_seq, issued_at)
            VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8) ON CONFLICT DO NOTHING
            """,
            e.Serial, LedgerWords.Of(e.Kind), e.CommonName, e.IssuerSerial, e.NotBefore.ToUnixTimeMilliseconds(), e.NotAfter.ToUnixTimeMilliseconds(), e.Sha256, seq, at);
        if (added == 0)
        {
            throw new LedgerException("030", $"serial number {e.Serial} was issued before.", "Draw a new one; the certificate must not leave.");
        }
    }

    /// <exception cref="LedgerException">MKX-LEDGER-031: there is no such certificate, or it is revoked.</exception>
    public static void Apply(LedgerSession session, long seq, long at, CertificateRevoked e)
    {
        var changed = session.Execute(
            "UPDATE certificates SET revoked_seq = @p0, revoked_at = @p1, reason = @p2 WHERE serial = @p3 AND revoked_seq IS NULL", seq, at, LedgerWords.Of(e.Reason), e.Serial);
        if (changed == 0)
        {
            throw new LedgerException("031", $"there is no certificate {e.Serial} that could be revoked.", "See 'makapix ca show': it was never issued, or is revoked already.");
        }
    }

    public static LedgerCertificate? Find(LedgerSession session, string serial) => session.First($"{Select} WHERE c.serial = @p0", Read, serial);

    public static List<LedgerCertificate> Named(LedgerSession session, string commonName) => session.All($"{Select} WHERE c.common_name = @p0 ORDER BY c.issued_seq", Read, commonName);

    public static List<LedgerCertificate> Revoked(LedgerSession session, string issuerSerial) =>
        session.All($"{Select} WHERE c.issuer_serial = @p0 AND c.revoked_seq IS NOT NULL ORDER BY c.revoked_seq", Read, issuerSerial);

    public static IEnumerable<LedgerCertificate> Find(LedgerSession session, CertificateQuery? query)
    {
        var where = new Conditions();
        if (query is not null)
        {
            var now = query.Now.ToUnixTimeMilliseconds();
            where.Add("c.kind = {0}", query.Kind is { } kind ? LedgerWords.Of(kind) : null);
            where.AddIf(query.State is CertificateState.Revoked, "c.revoked_seq IS NOT NULL");
            where.AddIf(query.State is CertificateState.Valid or CertificateState.Expired, "c.revoked_seq IS NULL");
            where.Add("c.not_after >= {0}", query.State is CertificateState.Valid ? now : null);
            where.Add("c.not_after < {0}", query.State is CertificateState.Expired ? now : null);
            where.AddExpiring(now, query.ExpiringWithin);
        }

        return session.Stream($"{Select}{where} ORDER BY c.issued_seq", Read, where.Values);
    }

    public static LedgerCertificate Read(DbDataReader row) => Read(row, 0);

    /// <param name="row">A row.</param>
    /// <param name="first">Where <see cref="Columns"/> begin in it.</param>
    public static LedgerCertificate Read(DbDataReader row, int first) => new(
        row.GetString(first),
        LedgerWords.Parse<CertificateKind>(row.GetString(first + 1)),
        row.GetString(first + 2),
        row.GetString(first + 3),
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(first + 4)),
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(first + 5)),
        row.GetString(first + 6),
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(first + 7)))
    {
        RevokedAt = row.IsDBNull(first + 8) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(first + 8)),
        Reason = row.IsDBNull(first + 9) ? null : LedgerWords.Parse<X509RevocationReason>(row.GetString(first + 9)),
    };
}
