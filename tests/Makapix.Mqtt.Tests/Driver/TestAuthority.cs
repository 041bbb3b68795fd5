using System;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Makapix.Mqtt.Desktop;

namespace Makapix.Mqtt.Tests.Driver;

/// <summary>A root, an issuing CA under it, and leaves of every kind, right and wrong. In memory.</summary>
internal sealed class TestAuthority
{
    public const string ServerAuth = "1.3.6.1.5.5.7.3.1";
    public const string ClientAuth = "1.3.6.1.5.5.7.3.2";

    private readonly X509Certificate2 _issuing;

    public TestAuthority(string name)
    {
        Root = Ca($"CN={name} root", null);
        _issuing = Ca($"CN={name} issuing", Root);
    }

    public X509Certificate2 Root { get; }

    public X509Certificate2 Issuing => X509CertificateLoader.LoadCertificate(_issuing.RawData);

    /// <summary>Only the certificate of the root: what a client trusts.</summary>
    public X509Certificate2Collection Anchors => [X509CertificateLoader.LoadCertificate(Root.RawData)];

    public X509Certificate2 Leaf(string name, string? usage, string? dnsName = null, bool expired = false)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        if (usage is not null)
        {
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], critical: false));
        }

        if (dnsName is not null)
        {
            var names = new SubjectAlternativeNameBuilder();
            names.AddDnsName(dnsName);
            request.CertificateExtensions.Add(names.Build());
        }

        DateTimeOffset now = DateTimeOffset.UtcNow;
        using X509Certificate2 certificate = request.Create(
            _issuing, now.AddDays(-20), expired ? now.AddDays(-1) : now.AddDays(20), RandomNumberGenerator.GetBytes(16));
        return certificate.CopyWithPrivateKey(key);
    }

    /// <summary>A client identity the way a device holds it: concatenated DER and an RFC 5915 key.</summary>
    public ClientIdentity Client(string name, bool expired = false)
    {
        using X509Certificate2 leaf = Leaf(name, ClientAuth, expired: expired);
        using ECDsa key = leaf.GetECDsaPrivateKey()!;
        return ClientIdentity.FromDer([.. leaf.RawData, .. _issuing.RawData], key.ExportECPrivateKey());
    }

    private static X509Certificate2 Ca(string name, X509Certificate2? issuer)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        DateTimeOffset now = DateTimeOffset.UtcNow;
        if (issuer is null)
        {
            return request.CreateSelfSigned(now.AddDays(-30), now.AddDays(30));
        }

        using X509Certificate2 certificate = request.Create(issuer, now.AddDays(-25), now.AddDays(25), RandomNumberGenerator.GetBytes(16));
        return certificate.CopyWithPrivateKey(key);
    }
}
