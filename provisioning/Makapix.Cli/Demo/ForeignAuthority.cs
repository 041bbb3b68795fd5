using System;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Makapix.Mqtt.Desktop;
using Makapix.Provisioning.Broker.Check;

namespace Makapix.Cli.Demo;

/// <summary>A CA of somebody else, who issues whatever he likes under whatever name.</summary>
internal sealed class ForeignAuthority : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _root;

    public ForeignAuthority()
    {
        var request = new CertificateRequest("CN=Makapix Root CA", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        _root = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
    }

    /// <summary>PEM of its root.</summary>
    public string RootPem => _root.ExportCertificatePem();

    /// <summary>PEM of an empty CRL of its own.</summary>
    public string Crl()
    {
        var crl = new CertificateRevocationListBuilder().Build(_root, 1, DateTimeOffset.UtcNow.AddDays(30), HashAlgorithmName.SHA256);
        return PemEncoding.WriteString("X509 CRL", crl);
    }

    /// <summary>A client certificate in the name of <paramref name="commonName"/>.</summary>
    public ClientIdentity Issue(string commonName) =>
        ClientIdentity.FromCertificates(MisissuedLeaf.Create(_root, _key, $"CN={commonName}", [], MisissuedLeaf.ClientAuth, MisissuedLeaf.AroundNow), []);

    /// <summary>A certificate of a broker by that name.</summary>
    public X509Certificate2 IssueBroker(string host) => MisissuedLeaf.Create(_root, _key, $"CN={host}", [host], MisissuedLeaf.ServerAuth, MisissuedLeaf.AroundNow);

    public void Dispose()
    {
        _root.Dispose();
        _key.Dispose();
    }
}
