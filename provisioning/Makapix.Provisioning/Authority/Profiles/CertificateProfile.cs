using System;
using System.Collections.Generic;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using Makapix.Provisioning.Authority.Keys;

namespace Makapix.Provisioning.Authority.Profiles;

/// <summary>What a certificate of one kind contains: no more and no less. Read from <c>certs/profiles</c>.</summary>
internal sealed record CertificateProfile
{
    public required CertificateKind Kind { get; init; }

    /// <summary>Who signs it; a kind that names itself is self-signed.</summary>
    public required CertificateKind Issuer { get; init; }

    /// <summary>Longest life, counted from the moment of issue. The issuer's notAfter is the other bound.</summary>
    public required TimeSpan Validity { get; init; }

    /// <summary>What keys its subject may have; the first is made where no other is asked for.</summary>
    public required IReadOnlyList<KeyKind> Keys { get; init; }

    /// <summary>The whole of every common name of this kind. No two leaf kinds have a name in common: a broker sees only that name.</summary>
    public required Regex CommonName { get; init; }

    public required AlternativeNames SubjectAltName { get; init; }

    /// <summary>pathLenConstraint (RFC 5280, 4.2.1.9) of a CA; null for a leaf.</summary>
    public required int? PathLength { get; init; }

    public required X509KeyUsageFlags KeyUsage { get; init; }

    /// <summary>The one extended key usage of a leaf (OID); null for a CA.</summary>
    public required string? ExtendedKeyUsage { get; init; }

    /// <summary>A name of this kind has at most one valid certificate at a time.</summary>
    public required bool OneValidPerName { get; init; }

    public bool IsAuthority => PathLength is not null;

    public bool IsSelfSigned => Issuer == Kind;
}
