using System;
using System.IO;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Makapix.Mqtt.Desktop;

namespace Makapix.Provisioning.Tests.Authority;

/// <summary>A thief who has an issuing CA's key: he signs what no profile has, and nothing of it is in any ledger.</summary>
internal sealed class StolenKey : IDisposable
{
    private readonly X509Certificate2 _issuer;
    private readonly ECDsa _key = ECDsa.Create();

    public StolenKey(string authority, string generation)
    {
        _issuer = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(authority, generation + ".crt"));
        _key.ImportFromEncryptedPem(File.ReadAllText(Path.Combine(authority, generation + ".key")), TestAuthority.Passphrase);
    }

    /// <summary>A client of that name, with the chain that a broker needs.</summary>
    public ClientIdentity Client(string name, TimeSpan? begins = null, TimeSpan? ends = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=" + name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.2")], critical: false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(_issuer, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        var now = DateTimeOffset.UtcNow;
        using var leaf = request.Create(_issuer.SubjectName, X509SignatureGenerator.CreateForECDsa(_key), now + (begins ?? TimeSpan.FromMinutes(-5)), now + (ends ?? TimeSpan.FromDays(1)), RandomNumberGenerator.GetBytes(15));
        return ClientIdentity.FromCertificates(leaf.CopyWithPrivateKey(key), [X509CertificateLoader.LoadCertificate(_issuer.RawData)]);
    }

    public void Dispose()
    {
        _issuer.Dispose();
        _key.Dispose();
    }
}
