using System;
using System.Linq;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Makapix.Mqtt.Desktop;

namespace Makapix.Testing;

/// <summary>Root, an issuing CA for devices and one for services, in memory: the shape that the real authority has, and leaves of every kind, right and wrong.</summary>
public sealed class TestPki
{
    /// <summary>Extended key usage of a server (RFC 5280, section 4.2.1.12).</summary>
    public const string ServerAuth = "1.3.6.1.5.5.7.3.1";

    /// <summary>Extended key usage of a client.</summary>
    public const string ClientAuth = "1.3.6.1.5.5.7.3.2";

    /// <summary>Extended key usage of whoever wants to be anything.</summary>
    public const string AnyUsage = "2.5.29.37.0";

    /// <summary>Extended key usage of a signer of documents (RFC 9336).</summary>
    public const string DocumentSigning = "1.3.6.1.5.5.7.3.36";

    // Each generation begins after the one above it: a leaf that has expired must still lie within its issuer's life.
    private static readonly TimeSpan RootAge = TimeSpan.FromDays(30);
    private static readonly TimeSpan IssuingAge = TimeSpan.FromDays(25);
    private static readonly TimeSpan LeafAge = TimeSpan.FromDays(20);
    private static readonly TimeSpan AuthorityLife = TimeSpan.FromDays(14_000);
    private static readonly Lazy<TestPki> Instance = new(() => new TestPki());

    /// <summary>Makes an authority that has nothing to do with any other.</summary>
    public TestPki(string name = "Test")
    {
        Root = Authority(null, $"CN={name} Root CA G1");
        Devices = Authority(Root, $"CN={name} Devices CA G1");
        Services = Authority(Root, $"CN={name} Services CA G1");
    }

    /// <summary>The one that most tests share.</summary>
    public static TestPki Shared => Instance.Value;

    /// <summary>A life that is over.</summary>
    public static TimeSpan Expired { get; } = TimeSpan.FromDays(-1);

    /// <summary>The root, with its key.</summary>
    public X509Certificate2 Root { get; }

    /// <summary>Issues devices; with its key.</summary>
    public X509Certificate2 Devices { get; }

    /// <summary>Issues brokers and operators; with its key.</summary>
    public X509Certificate2 Services { get; }

    /// <summary>Only the certificate of the root: what a client trusts.</summary>
    public X509Certificate2Collection Anchors => [X509CertificateLoader.LoadCertificate(Root.RawData)];

    /// <summary>A device as the line issues it.</summary>
    public X509Certificate2 Device(Guid id, TimeSpan? life = null) => Leaf(Devices, id.ToString(), ClientAuth, $"player-{id}", life ?? TimeSpan.FromDays(3650));

    /// <summary>A broker; right if all but the name is left alone.</summary>
    /// <param name="dnsName">Its name; null for none.</param>
    /// <param name="usage">Extended key usage; null for none.</param>
    /// <param name="life">From now on.</param>
    public X509Certificate2 Broker(string? dnsName, string? usage = ServerAuth, TimeSpan? life = null) => Leaf(Services, dnsName ?? "broker", usage, dnsName, life);

    /// <summary>An operator.</summary>
    public X509Certificate2 Operator(string name) => Leaf(Services, name, ClientAuth, name);

    /// <summary>A leaf that signs documents, with its key; right if all but the name is left alone.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="usage">Extended key usage, one or more with blanks between; null for none.</param>
    /// <param name="issuer">Who issues it; null for who should.</param>
    /// <param name="life">From now on.</param>
    public X509Certificate2 Auditor(string name, string? usage = DocumentSigning, X509Certificate2? issuer = null, TimeSpan? life = null) => Leaf(issuer ?? Services, name, usage, null, life);

    /// <summary>A client the way a device holds it: concatenated DER, and a key of RFC 5915.</summary>
    public ClientIdentity Client(string name, TimeSpan? life = null)
    {
        using X509Certificate2 leaf = Leaf(Devices, name, ClientAuth, null, life);
        using ECDsa key = leaf.GetECDsaPrivateKey()!;
        return ClientIdentity.FromDer([.. leaf.RawData, .. Devices.RawData], key.ExportECPrivateKey());
    }

    /// <summary>The revocation lists of both issuing CAs, PEM.</summary>
    public string Crl(X509Certificate2 revoked)
    {
        var devices = new CertificateRevocationListBuilder();
        devices.AddEntry(revoked, DateTimeOffset.UtcNow.AddMinutes(-1), X509RevocationReason.KeyCompromise);
        return string.Join('\n', new[] { (devices, Devices), (new CertificateRevocationListBuilder(), Services) }.Select(list =>
            PemEncoding.WriteString("X509 CRL", list.Item1.Build(list.Item2, 1, DateTimeOffset.UtcNow.AddDays(1), HashAlgorithmName.SHA256, null, DateTimeOffset.UtcNow.AddDays(-1))))) + "\n";
    }

    private static X509Certificate2 Leaf(X509Certificate2 issuer, string name, string? usage, string? dnsName, TimeSpan? life = null)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = Request($"CN={name}", key, isAuthority: false);
        if (usage is not null)
        {
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([.. usage.Split(' ').Select(one => new Oid(one))], critical: false));
        }

        if (dnsName is not null)
        {
            var names = new SubjectAlternativeNameBuilder();
            names.AddDnsName(dnsName);
            request.CertificateExtensions.Add(names.Build());
        }

        return Sign(request, key, issuer, LeafAge, life ?? TimeSpan.FromDays(365));
    }

    private static X509Certificate2 Authority(X509Certificate2? issuer, string subject)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = Request(subject, key, isAuthority: true);
        return issuer is null
            ? request.CreateSelfSigned(DateTimeOffset.UtcNow - RootAge, DateTimeOffset.UtcNow + AuthorityLife + TimeSpan.FromDays(1))
            : Sign(request, key, issuer, IssuingAge, AuthorityLife);
    }

    private static CertificateRequest Request(string subject, ECDsa key, bool isAuthority)
    {
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(isAuthority ? X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign : X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        return request;
    }

    private static X509Certificate2 Sign(CertificateRequest request, ECDsa key, X509Certificate2 issuer, TimeSpan age, TimeSpan life)
    {
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(issuer, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        byte[] serial = RandomNumberGenerator.GetBytes(16);
        // Positive, and never shorter (RFC 5280, section 4.1.2.2).
        serial[0] = (byte)(serial[0] & 0x7F | 0x40);
        using X509Certificate2 certificate = request.Create(issuer, DateTimeOffset.UtcNow - age, DateTimeOffset.UtcNow + life, serial);
        return certificate.CopyWithPrivateKey(key);
    }
}
