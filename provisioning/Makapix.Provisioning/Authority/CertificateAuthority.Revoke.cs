using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography.X509Certificates;
using Makapix.Provisioning.Ledger;
using Makapix.Provisioning.Ledger.Events;

namespace Makapix.Provisioning.Authority;

/// <summary>Revoking. It takes effect with the next CRL that the broker reads.</summary>
public sealed partial class CertificateAuthority
{
    /// <summary>Revokes one certificate.</summary>
    /// <param name="serial">Its serial number, hexadecimal; colons and blanks do not matter.</param>
    /// <param name="reason">Why.</param>
    /// <exception cref="AuthorityException">MKX-CA-030: never issued. 031: revoked already. 032: not a reason. 033, 034: a CA.</exception>
    public LedgerCertificate Revoke(string serial, X509RevocationReason reason)
    {
        RequireReason(reason);
        using var record = Ledger.Begin();
        var certificate = record.FindCertificate(SerialNumber.Normalize(serial))
            ?? throw new AuthorityException("030", "this authority never issued that serial number.", "See 'makapix ca show' for what it issued.");
        RequireDaily(certificate);
        var revoked = Revoke(record, certificate, reason);
        record.Commit();
        return revoked;
    }

    /// <summary>Revokes every certificate of that common name that is still valid.</summary>
    /// <param name="commonName">A device id, <c>op_NAME</c>, <c>svc_NAME</c> or a broker's first host name.</param>
    /// <param name="reason">Why.</param>
    /// <returns>What was revoked; at least one.</returns>
    /// <exception cref="AuthorityException">MKX-CA-030: no certificate of that name. 031: none that is still valid. 032: not a reason. 033, 034: a CA.</exception>
    public IReadOnlyList<LedgerCertificate> RevokeName(string commonName, X509RevocationReason reason)
    {
        RequireReason(reason);
        using var record = Ledger.Begin();
        var named = record.CertificatesNamed(commonName).ToList();
        if (named.Count == 0)
        {
            throw new AuthorityException("030", "this authority never issued a certificate of that name.", "See 'makapix ca show' for what it issued.");
        }

        named.ForEach(RequireDaily);
        var valid = named.Where(c => c.IsValid(Now())).ToList();
        if (valid.Count == 0)
        {
            throw new AuthorityException("031", "every certificate of that name is revoked or expired already.", "Nothing is left to do but to publish the CRL.");
        }

        LedgerCertificate[] revoked = [.. valid.Select(certificate => Revoke(record, certificate, reason))];
        record.Commit();
        return revoked;
    }

    private static LedgerCertificate Revoke(LedgerTransaction record, LedgerCertificate certificate, X509RevocationReason reason)
    {
        if (certificate.RevokedAt is { } at)
        {
            throw new AuthorityException("031", $"that certificate was revoked already, {at:u}.", "Nothing is left to do but to publish the CRL.");
        }

        record.Append(new CertificateRevoked(certificate.Serial, reason));
        return record.FindCertificate(certificate.Serial)!;
    }

    private static void RequireDaily(LedgerCertificate certificate)
    {
        if (certificate.Kind == CertificateKind.Root)
        {
            throw new AuthorityException("033", "a root cannot revoke itself: whoever holds its key could sign the opposite.", "Take the root out of every trust store instead.");
        }

        if (certificate.Kind is CertificateKind.DevicesIssuing or CertificateKind.ServicesIssuing)
        {
            throw new AuthorityException("034", "an issuing CA is revoked by the root, not in daily work.", "Bring the root's medium and run 'makapix ca revoke-issuing'.");
        }
    }

    private static void RequireReason(X509RevocationReason reason)
    {
        if (!RevocationReasons.Contains(reason))
        {
            throw new AuthorityException("032", "that is not a reason this authority revokes for.", $"Give one of {RevocationReasons.Names}.");
        }
    }
}
