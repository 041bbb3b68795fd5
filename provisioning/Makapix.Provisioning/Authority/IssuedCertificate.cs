using System;
using System.Security.Cryptography.X509Certificates;

namespace Makapix.Provisioning.Authority;

/// <summary>One line of the record of what the authority ever issued, with what became of it.</summary>
/// <param name="Serial">Serial number, upper-case hexadecimal; unique in this authority.</param>
/// <param name="Kind">What it is for.</param>
/// <param name="CommonName">CN of its subject.</param>
/// <param name="Issuer">Which CA signed it.</param>
/// <param name="NotBefore">Start of its validity, UTC.</param>
/// <param name="NotAfter">End of its validity, UTC.</param>
/// <param name="IssuedAt">When it was issued, UTC.</param>
/// <param name="Sha256">SHA-256 of its DER, upper-case hexadecimal.</param>
public sealed record IssuedCertificate(
    string Serial,
    CertificateKind Kind,
    string CommonName,
    CertificateKind Issuer,
    DateTimeOffset NotBefore,
    DateTimeOffset NotAfter,
    DateTimeOffset IssuedAt,
    string Sha256)
{
    /// <summary>When it was revoked, UTC; null if it was not.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>Why it was revoked (RFC 5280, 5.3.1); null if it was not.</summary>
    public X509RevocationReason? Reason { get; init; }

    /// <summary>True if it is neither revoked nor past its end at <paramref name="now"/>.</summary>
    public bool IsValid(DateTimeOffset now) => RevokedAt is null && now <= NotAfter;
}
