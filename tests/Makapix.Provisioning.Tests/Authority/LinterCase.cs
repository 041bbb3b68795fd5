using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Makapix.Provisioning.Authority;
using Makapix.Provisioning.Authority.Issuing;
using Makapix.Provisioning.Authority.Keys;
using Makapix.Provisioning.Authority.Profiles;

namespace Makapix.Provisioning.Tests.Authority;

/// <summary>A device certificate under construction: good as it is, and open to every kind of spoiling.</summary>
internal sealed class LinterCase : IDisposable
{
    public const string DeviceId = "0123abcd-89ab-4cde-8123-456789abcdef";

    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly ECDsa _issuerKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public LinterCase()
    {
        var names = new CertificateNames("Test Devices CA") { Organization = "Test" };
        using var rootKey = SigningKey.Create(KeyKind.EcP256);
        var root = Made(CertificateKind.Root, names, rootKey.PublicKey, rootKey, null, [0x41]);
        Issuer = Made(CertificateKind.DevicesIssuing, names, new PublicKey(_issuerKey), rootKey, root, [0x42]);
        SignWith = _issuerKey;
        IssuerName = Issuer.SubjectName;
        PublicKey = new PublicKey(_key);
        NotBefore = Now + TimeSpan.FromDays(1);
        NotAfter = NotBefore + Profiles[CertificateKind.Device].Validity;
        var device = CertificateNames.Device(Guid.Parse(DeviceId));
        Names = device;
        Subject = device.ToSubject();
        var issuerKeyId = Issuer.Extensions.OfType<X509SubjectKeyIdentifierExtension>().Single();
        Extensions =
        [
            new X509BasicConstraintsExtension(false, false, 0, critical: true),
            new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true),
            new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.2")], critical: false),
            device.ToSubjectAltName(),
            new X509SubjectKeyIdentifierExtension(PublicKey, X509SubjectKeyIdentifierHashAlgorithm.ShortSha256, critical: false),
            X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier(issuerKeyId),
        ];
    }

    public CertificateProfiles Profiles { get; } = CertificateProfiles.BuiltIn;

    public CertificateKind Kind { get; set; } = CertificateKind.Device;

    public X509Certificate2 Issuer { get; set; }

    public CertificateNames Names { get; set; }

    public X500DistinguishedName Subject { get; set; }

    public X500DistinguishedName IssuerName { get; set; }

    public PublicKey PublicKey { get; set; }

    public ECDsa SignWith { get; set; }

    public HashAlgorithmName Hash { get; set; } = HashAlgorithmName.SHA256;

    public DateTimeOffset NotBefore { get; set; }

    public DateTimeOffset NotAfter { get; set; }

    public byte[] Serial { get; set; } = [0x43, .. new byte[15]];

    public List<X509Extension> Extensions { get; }

    /// <summary>A last change to the finished DER.</summary>
    public Action<byte[]> Patch { get; set; } = _ => { };

    public void Replace<T>(X509Extension? by)
        where T : X509Extension
    {
        Extensions.RemoveAll(e => e is T || (typeof(T) == typeof(X509SubjectAlternativeNameExtension) && e.Oid?.Value == "2.5.29.17"));
        if (by is not null)
        {
            Extensions.Add(by);
        }
    }

    public IReadOnlyList<string> Lint()
    {
        var request = new CertificateRequest(Subject, PublicKey, Hash);
        Extensions.ForEach(request.CertificateExtensions.Add);
        using var made = request.Create(IssuerName, X509SignatureGenerator.CreateForECDsa(SignWith), NotBefore, NotAfter, Serial);
        var der = made.RawData;
        Patch(der);
        using var certificate = X509CertificateLoader.LoadCertificate(der);
        return ProfileLinter.Check(Profiles, Kind, certificate, Issuer, Names);
    }

    private X509Certificate2 Made(CertificateKind kind, CertificateNames names, PublicKey key, SigningKey signer, X509Certificate2? issuer, byte[] serial)
    {
        var draft = CertificateDraft.Of(Profiles[kind], new IssueRequest(kind, names, key));
        draft.Serial = serial;
        foreach (var modifier in (IDraftModifier[])[new NamesModifier(), new ValidityModifier(), new KeyIdentifierModifier()])
        {
            modifier.Apply(draft, new IssueContext(Profiles, null!, signer, issuer, Now, RandomNumberGenerator.Create()));
        }

        return draft.Sign(signer, issuer);
    }

    public void Dispose()
    {
        _issuerKey.Dispose();
        _key.Dispose();
        Issuer.Dispose();
    }
}
