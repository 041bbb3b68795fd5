using System;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Makapix.Provisioning.Authority;

/// <summary>Makes certificates: a profile, names and a public key in, a signed certificate out. What it makes, <see cref="ProfileLinter"/> judges.</summary>
internal static class CertificateFactory
{
    /// <summary>Clocks of brokers and devices are seconds to minutes apart.</summary>
    public static readonly TimeSpan Backdating = TimeSpan.FromMinutes(5);

    /// <param name="profile">What the certificate contains.</param>
    /// <param name="names">Whom it names.</param>
    /// <param name="key">Its subject's key, of which only the public part goes in.</param>
    /// <param name="issuer">Who signs; null for a self-signed one, which <paramref name="key"/> signs.</param>
    /// <param name="serial">Its serial number, big-endian.</param>
    /// <param name="now">The time of issue.</param>
    public static X509Certificate2 Create(CertificateProfile profile, CertificateNames names, ECDsa key, CertificateSigner? issuer, byte[] serial, DateTimeOffset now)
    {
        var subject = names.ToSubject();
        var request = new CertificateRequest(subject, new PublicKey(key), HashAlgorithmName.SHA256);
        var subjectKeyId = new X509SubjectKeyIdentifierExtension(request.PublicKey, X509SubjectKeyIdentifierHashAlgorithm.ShortSha256, critical: false);
        AddExtensions(request, profile, names, subjectKeyId, issuer?.SubjectKeyId ?? subjectKeyId);

        // Whole seconds, as X.509 has them; inside the issuer's own validity, whatever the clock says.
        var notBefore = now - Backdating;
        var notAfter = notBefore + profile.Validity;
        if (issuer is not null)
        {
            notBefore = Max(notBefore, issuer.Certificate.NotBefore.ToUniversalTime());
            notAfter = Min(notAfter, issuer.Certificate.NotAfter.ToUniversalTime());
        }

        var signer = X509SignatureGenerator.CreateForECDsa(issuer?.Key ?? key);
        return request.Create(issuer?.Certificate.SubjectName ?? subject, signer, notBefore, notAfter, serial);
    }

    private static void AddExtensions(
        CertificateRequest request,
        CertificateProfile profile,
        CertificateNames names,
        X509SubjectKeyIdentifierExtension subjectKeyId,
        X509SubjectKeyIdentifierExtension issuerKeyId)
    {
        var extensions = request.CertificateExtensions;
        extensions.Add(new X509BasicConstraintsExtension(profile.IsAuthority, profile.IsAuthority, profile.PathLength ?? 0, critical: true));
        extensions.Add(new X509KeyUsageExtension(profile.KeyUsage, critical: true));
        if (profile.ExtendedKeyUsage is { } usage)
        {
            extensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], critical: false));
        }

        if (profile.SubjectAltName != AlternativeNames.None)
        {
            extensions.Add(names.ToSubjectAltName());
        }

        extensions.Add(subjectKeyId);
        extensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier(issuerKeyId));
    }

    private static DateTimeOffset Max(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private static DateTimeOffset Min(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}
