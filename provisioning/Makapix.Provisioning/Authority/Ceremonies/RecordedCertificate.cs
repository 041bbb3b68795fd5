using System;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Makapix.Provisioning.Authority.Keys;

namespace Makapix.Provisioning.Authority.Ceremonies;

/// <summary>A certificate, as the record of a ceremony names it.</summary>
/// <param name="Subject">Its subject.</param>
/// <param name="Serial">Serial number, upper-case hexadecimal.</param>
/// <param name="Key">Kind of its key.</param>
/// <param name="NotBefore">Start of its validity, UTC.</param>
/// <param name="NotAfter">End of its validity, UTC.</param>
/// <param name="Sha256">SHA-256 of its DER: the fingerprint that people compare.</param>
public sealed record RecordedCertificate(string Subject, string Serial, KeyKind Key, DateTimeOffset NotBefore, DateTimeOffset NotAfter, string Sha256)
{
    internal static RecordedCertificate Of(X509Certificate2 certificate) => new(
        certificate.Subject,
        certificate.SerialNumber,
        KeyKinds.Of(certificate.PublicKey) ?? default,
        certificate.NotBefore.ToUniversalTime(),
        certificate.NotAfter.ToUniversalTime(),
        certificate.GetCertHashString(HashAlgorithmName.SHA256));
}
