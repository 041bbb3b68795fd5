using System;
using System.Linq;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Makapix.Device.Tests.Support;

/// <summary>Root, an issuing CA for devices and one for services, made once for the run: the shape that the real authority has.</summary>
public sealed class TestPki
{
    private static readonly Lazy<TestPki> Instance = new(() => new TestPki());

    public TestPki()
    {
        Root = Issue(null, "CN=Test root", true, null, TimeSpan.FromDays(14500));
        Devices = Issue(Root, "CN=Test devices", true, null, TimeSpan.FromDays(14000));
        Services = Issue(Root, "CN=Test services", true, null, TimeSpan.FromDays(14000));
    }

    public static TestPki Shared => Instance.Value;

    public X509Certificate2 Root { get; }

    public X509Certificate2 Devices { get; }

    public X509Certificate2 Services { get; }

    public X509Certificate2 Device(Guid id, TimeSpan? life = null) =>
        Issue(Devices, $"CN={id}", false, "1.3.6.1.5.5.7.3.2", life ?? TimeSpan.FromDays(3650), $"player-{id}");

    public X509Certificate2 Broker(string name, string usage = "1.3.6.1.5.5.7.3.1") =>
        Issue(Services, $"CN={name}", false, usage, TimeSpan.FromDays(365), name);

    public X509Certificate2 Operator(string name) => Issue(Services, $"CN={name}", false, "1.3.6.1.5.5.7.3.2", TimeSpan.FromDays(365), name);

    /// <summary>The revocation lists of both issuing CAs, PEM.</summary>
    public string Crl(X509Certificate2 revoked)
    {
        var devices = new CertificateRevocationListBuilder();
        devices.AddEntry(revoked, DateTimeOffset.UtcNow.AddMinutes(-1), X509RevocationReason.KeyCompromise);
        return string.Join('\n', new[] { (devices, Devices), (new CertificateRevocationListBuilder(), Services) }.Select(list =>
            PemEncoding.WriteString("X509 CRL", list.Item1.Build(list.Item2, 1, DateTimeOffset.UtcNow.AddDays(1), HashAlgorithmName.SHA256, null, DateTimeOffset.UtcNow.AddDays(-1))))) + "\n";
    }

    private static X509Certificate2 Issue(X509Certificate2? issuer, string subject, bool isAuthority, string? usage, TimeSpan life, string? dnsName = null)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, false, 0, true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(isAuthority ? X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign : X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        if (usage is not null)
        {
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], false));
        }

        if (dnsName is not null)
        {
            var names = new SubjectAlternativeNameBuilder();
            names.AddDnsName(dnsName);
            request.CertificateExtensions.Add(names.Build());
        }

        DateTimeOffset notBefore = DateTimeOffset.UtcNow.AddDays(-1);
        if (issuer is null)
        {
            return request.CreateSelfSigned(notBefore, notBefore + life);
        }

        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(issuer, true, false));
        byte[] serial = RandomNumberGenerator.GetBytes(16);
        serial[0] = (byte)(serial[0] & 0x7F | 0x40);
        using X509Certificate2 certificate = request.Create(issuer, notBefore, notBefore + life, serial);
        return certificate.CopyWithPrivateKey(key);
    }
}
