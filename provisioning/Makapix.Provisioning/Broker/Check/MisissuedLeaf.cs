using System;
using System.Collections.Generic;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Makapix.Provisioning.Broker.Check;

/// <summary>Leaves that no authority of ours issues: its profiles and its linter refuse them. An attacker's tool, so it goes around both.</summary>
public static class MisissuedLeaf
{
    /// <summary>For servers.</summary>
    public static OidCollection ServerAuth => [new Oid("1.3.6.1.5.5.7.3.1")];

    /// <summary>For clients.</summary>
    public static OidCollection ClientAuth => [new Oid("1.3.6.1.5.5.7.3.2")];

    /// <summary>A day before now and a day after: right, where it is something else that is wrong.</summary>
    public static (DateTimeOffset From, DateTimeOffset To) AroundNow => (DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));

    /// <summary>A leaf with its key.</summary>
    /// <param name="issuer">Who it says has issued it.</param>
    /// <param name="signer">The key that signs it: the issuer's, or another.</param>
    /// <param name="subject">Its name, as X.500 has it.</param>
    /// <param name="hosts">Its host names; none for no such extension.</param>
    /// <param name="usages">What it is for.</param>
    /// <param name="validity">From when to when.</param>
    public static X509Certificate2 Create(
        X509Certificate2 issuer, ECDsa signer, string subject, IReadOnlyList<string> hosts, OidCollection usages, (DateTimeOffset From, DateTimeOffset To) validity)
    {
        ArgumentNullException.ThrowIfNull(issuer);
        ArgumentNullException.ThrowIfNull(hosts);
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

        using var leaf = request.Create(issuer.SubjectName, X509SignatureGenerator.CreateForECDsa(signer), validity.From, validity.To, RandomNumberGenerator.GetBytes(15));
        return leaf.CopyWithPrivateKey(key);
    }
}
