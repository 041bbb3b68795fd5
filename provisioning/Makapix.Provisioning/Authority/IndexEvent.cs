using System;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Serialization;

namespace Makapix.Provisioning.Authority;

/// <summary>One line of the index: something that happened, and is never unwritten.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "event")]
[JsonDerivedType(typeof(Issued), "issued")]
[JsonDerivedType(typeof(Revoked), "revoked")]
[JsonDerivedType(typeof(CrlNumbered), "crl-numbered")]
internal abstract record IndexEvent(DateTimeOffset At)
{
    /// <summary>A certificate was signed. Written before it leaves, so that none is ever outside and not in here.</summary>
    internal sealed record Issued(
        DateTimeOffset At,
        string Serial,
        CertificateKind Kind,
        string CommonName,
        CertificateKind Issuer,
        DateTimeOffset NotBefore,
        DateTimeOffset NotAfter,
        string Sha256) : IndexEvent(At);

    /// <summary>A certificate was revoked.</summary>
    internal sealed record Revoked(DateTimeOffset At, string Serial, X509RevocationReason Reason) : IndexEvent(At);

    /// <summary>A CRL number was taken. Written before the CRLs are signed: a number may be lost, never used twice (RFC 5280, 5.2.3).</summary>
    internal sealed record CrlNumbered(DateTimeOffset At, long Number) : IndexEvent(At);
}
