using System;
using System.Security.Cryptography.X509Certificates;
using Makapix.Provisioning.Authority;

namespace Makapix.Provisioning.Ledger;

/// <summary>A certificate that was issued, with what became of it.</summary>
/// <param name="Serial">Serial number, upper-case hexadecimal; unique.</param>
/// <param name="Kind">What it is for.</param>
/// <param name="CommonName">CN of its subject.</param>
/// <param name="IssuerSerial">Serial number of the certificate that signed it; its own for a root.</param>
/// <param name="NotBefore">Start of its validity, UTC.</param>
/// <param name="NotAfter">End of its validity, UTC.</param>
/// <param name="Sha256">SHA-256 of its DER, hexadecimal.</param>
/// <param name="IssuedAt">When it was written down, UTC, with milliseconds.</param>
public sealed record LedgerCertificate(
    string Serial,
    CertificateKind Kind,
    string CommonName,
    string IssuerSerial,
    DateTimeOffset NotBefore,
    DateTimeOffset NotAfter,
    string Sha256,
    DateTimeOffset IssuedAt)
{
    /// <summary>When it was revoked, UTC, with milliseconds; null if it was not.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>Why it was revoked (RFC 5280, 5.3.1); null if it was not.</summary>
    public X509RevocationReason? Reason { get; init; }

    /// <summary>True if it is neither revoked nor past its end at <paramref name="now"/>.</summary>
    public bool IsValid(DateTimeOffset now) => RevokedAt is null && now <= NotAfter;
}
