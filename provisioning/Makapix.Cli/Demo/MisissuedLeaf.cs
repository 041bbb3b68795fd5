using System;
using System.Collections.Generic;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Makapix.Cli.Demo;

/// <summary>Leaves that no authority of ours issues: its profiles and its linter refuse them. An attacker's tool, so it goes around both.</summary>
internal static class MisissuedLeaf
{
    public static readonly OidCollection ServerAuth = [new Oid("1.3.6.1.5.5.7.3.1")];
    public static readonly OidCollection ClientAuth = [new Oid("1.3.6.1.5.5.7.3.2")];

    /// <summary>A leaf with its key; without <paramref name="notAfter"/> it ends a day from now.</summary>
    public static X509Certificate2 Create(
        X509Certificate2 issuer, ECDsa issuerKey, string subject, IReadOnlyList<string> hosts, OidCollection usages, DateTimeOffset? notAfter = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(usages, critical: false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(issuer, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        if (hosts.Count > 0)
        {
            var names = new SubjectAlternativeNameBuilder();
            foreach (var host in hosts)
            {
                names.AddDnsName(host);
            }

            request.CertificateExtensions.Add(names.Build());
        }

        var end = notAfter ?? DateTimeOffset.UtcNow.AddDays(1);
        using var leaf = request.Create(issuer.SubjectName, X509SignatureGenerator.CreateForECDsa(issuerKey), end.AddDays(-2), end, RandomNumberGenerator.GetBytes(15));
        return leaf.CopyWithPrivateKey(key);
    }
}
