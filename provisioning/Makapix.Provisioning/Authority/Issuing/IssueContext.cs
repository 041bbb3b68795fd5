using System;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Makapix.Provisioning.Authority.Keys;
using Makapix.Provisioning.Authority.Profiles;
using Makapix.Provisioning.Ledger;

namespace Makapix.Provisioning.Authority.Issuing;

/// <summary>The world in which a certificate is issued: by whom, on what record, at what time.</summary>
/// <param name="Profiles">All profiles.</param>
/// <param name="Record">What was issued before, locked until this one is in it.</param>
/// <param name="Signer">The key that signs.</param>
/// <param name="Issuer">The certificate of that key; null for a root, which nobody issues.</param>
/// <param name="Now">The time of issue, whole seconds.</param>
/// <param name="SerialSource">Where serial numbers come from.</param>
internal sealed record IssueContext(
    CertificateProfiles Profiles,
    LedgerTransaction Record,
    SigningKey Signer,
    X509Certificate2? Issuer,
    DateTimeOffset Now,
    RandomNumberGenerator SerialSource);
