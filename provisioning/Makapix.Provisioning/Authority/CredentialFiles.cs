using System;
using System.Collections.Generic;

namespace Makapix.Provisioning.Authority;

/// <summary>A credential on a disk, where the program that needs it reads it.</summary>
/// <param name="CommonName">The name in the certificate.</param>
/// <param name="Serial">Serial number, upper-case hexadecimal.</param>
/// <param name="NotAfter">When the certificate ends, UTC.</param>
/// <param name="Certificate">Path of the leaf and its issuing CA, PEM.</param>
/// <param name="Key">Path of the private key, PKCS#8 PEM, not encrypted, readable by its owner alone.</param>
/// <param name="Trust">Path of the CA certificates to verify peers by, PEM.</param>
/// <param name="Crl">Path of the CRLs, PEM; a broker's only.</param>
public sealed record CredentialFiles(string CommonName, string Serial, DateTimeOffset NotAfter, string Certificate, string Key, string Trust, string? Crl)
{
    /// <summary>Every path.</summary>
    public IReadOnlyList<string> Paths => Crl is null ? [Certificate, Key, Trust] : [Certificate, Key, Trust, Crl];
}
