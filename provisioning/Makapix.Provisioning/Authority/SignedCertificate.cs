using System;

namespace Makapix.Provisioning.Authority;

/// <summary>A certificate for a key that this authority never had.</summary>
/// <param name="Kind">What it is for.</param>
/// <param name="CommonName">The name in it.</param>
/// <param name="Serial">Serial number, upper-case hexadecimal.</param>
/// <param name="NotAfter">When it ends, UTC.</param>
/// <param name="ChainPem">The leaf, then its issuing CA; PEM.</param>
public sealed record SignedCertificate(CertificateKind Kind, string CommonName, string Serial, DateTimeOffset NotAfter, string ChainPem);
