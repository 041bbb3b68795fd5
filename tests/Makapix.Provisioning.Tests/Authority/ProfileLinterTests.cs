using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Makapix.Provisioning.Authority;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Authority;

/// <summary>Every way to spoil a certificate, and the linter's word for it.</summary>
[TestClass]
public sealed class ProfileLinterTests
{
    private static readonly ECDsa Stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private static readonly Dictionary<string, (Action<LinterCase> Spoil, string Finding)> Cases = new()
    {
        ["version 2"] = (c => c.Patch = der => der[Find(der, [0xA0, 0x03, 0x02, 0x01, 0x02]) + 4] = 1, "not version 3"),
        ["serial negative"] = (c => c.Patch = der => der[Find(der, [0x02, 0x10, 0x43]) + 2] = 0xC3, "not positive"),
        ["serial zero"] = (c => c.Serial = [0], "not positive"),
        ["serial of 21 octets"] = (c => c.Serial = [0x43, .. new byte[20]], "more than 20 octets"),
        ["signed with SHA-384"] = (c => c.Hash = HashAlgorithmName.SHA384, "not that of its issuer's kind of key"),
        ["signature bit flipped"] = (c => c.Patch = der => der[^1] ^= 1, "not its issuer's"),
        ["content changed after signing"] = (c => c.Patch = der => der[Find(der, Encoding.ASCII.GetBytes(LinterCase.DeviceId))] = (byte)'1', "not its issuer's"),
        ["signed by a stranger"] = (c => c.SignWith = Stranger, "not its issuer's"),
        ["issuer of another name"] = (c => c.IssuerName = new X500DistinguishedName("CN=Other"), "not the name of its issuer"),
        ["no life"] = (c => c.NotAfter = c.NotBefore, "ends before it begins"),
        ["a second too long"] = (c => c.NotAfter += TimeSpan.FromSeconds(1), "longer than its profile"),
        ["older than its issuer"] = (c => c.NotBefore = c.Issuer.NotBefore - TimeSpan.FromSeconds(1), "begins before its issuer"),
        ["outlives its issuer"] = (c => (c.NotBefore, c.NotAfter) = (c.Issuer.NotAfter - TimeSpan.FromDays(1), c.Issuer.NotAfter + TimeSpan.FromSeconds(1)), "outlives"),
        ["key on P-384"] = (c => c.PublicKey = new PublicKey(ECDsa.Create(ECCurve.NamedCurves.nistP384)), "of no kind that its profile allows"),
        ["RSA key"] = (c => c.PublicKey = new PublicKey(RSA.Create(2048)), "of no kind that its profile allows"),
        ["compressed point"] = (c => c.PublicKey = Compressed(c.PublicKey), "of no kind that its profile allows"),
        ["its issuer's key"] = (c => c.PublicKey = c.Issuer.PublicKey, "its key is its issuer's"),
        ["subject of another device"] = (c => c.Subject = new X500DistinguishedName("CN=1123abcd-89ab-4cde-8123-456789abcdef"), "subject is not the one"),
        ["subject in upper case"] = (c => c.Subject = new X500DistinguishedName("CN=" + LinterCase.DeviceId.ToUpperInvariant()), "subject is not the one"),
        ["subject with an organization"] = (c => c.Subject = new X500DistinguishedName($"O=Evil, CN={LinterCase.DeviceId}"), "subject is not the one"),
        ["subject with two common names"] = (c => c.Subject = new X500DistinguishedName($"CN=op_admin, CN={LinterCase.DeviceId}"), "subject is not the one"),
        ["subject with two names in one part"] = (c => c.Subject = new X500DistinguishedName($"CN={LinterCase.DeviceId}+O=Evil"), "subject is not the one"),
        ["empty subject"] = (c => c.Subject = new X500DistinguishedName(""), "subject is not the one"),
        ["device named as an operator"] = (c => Rename(c, "op_admin"), "common name is one of another kind"),
        ["device named as a service"] = (c => Rename(c, "svc_backend"), "common name is one of another kind"),
        ["device named as a host"] = (c => Rename(c, "broker.example"), "common name is not one of its kind"),
        ["device id in upper case"] = (c => Rename(c, LinterCase.DeviceId.ToUpperInvariant()), "common name is not one of its kind"),
        ["no basicConstraints"] = (c => c.Replace<X509BasicConstraintsExtension>(null), "lacks basicConstraints"),
        ["basicConstraints not critical"] = (c => c.Replace<X509BasicConstraintsExtension>(new X509BasicConstraintsExtension(false, false, 0, false)), "basicConstraints is not critical"),
        ["a CA"] = (c => c.Replace<X509BasicConstraintsExtension>(new X509BasicConstraintsExtension(true, false, 0, true)), "it is a CA"),
        ["a CA with path length"] = (c => c.Replace<X509BasicConstraintsExtension>(new X509BasicConstraintsExtension(true, true, 0, true)), "path length is not"),
        ["no keyUsage"] = (c => c.Replace<X509KeyUsageExtension>(null), "lacks keyUsage"),
        ["keyUsage not critical"] = (c => c.Replace<X509KeyUsageExtension>(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, false)), "keyUsage is not critical"),
        ["keyUsage of a CA"] = (c => c.Replace<X509KeyUsageExtension>(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyCertSign, true)), "keyUsage is not its profile's"),
        ["no extended key usage"] = (c => c.Replace<X509EnhancedKeyUsageExtension>(null), "lacks an extended key usage"),
        ["device as server"] = (c => c.Replace<X509EnhancedKeyUsageExtension>(Usages(false, "1.3.6.1.5.5.7.3.1")), "extended key usage is not its profile's"),
        ["client and server"] = (c => c.Replace<X509EnhancedKeyUsageExtension>(Usages(false, "1.3.6.1.5.5.7.3.2", "1.3.6.1.5.5.7.3.1")), "extended key usage is not its profile's"),
        ["any extended key usage"] = (c => c.Replace<X509EnhancedKeyUsageExtension>(Usages(false, "2.5.29.37.0")), "extended key usage is not its profile's"),
        ["extended key usage critical"] = (c => c.Replace<X509EnhancedKeyUsageExtension>(Usages(true, "1.3.6.1.5.5.7.3.2")), "extended key usage is critical"),
        ["no alternative name"] = (c => c.Replace<X509SubjectAlternativeNameExtension>(null), "lacks a subject alternative name"),
        ["alternative name of another device"] = (c => c.Replace<X509SubjectAlternativeNameExtension>(Alternative(b => b.AddDnsName("player-1123abcd-89ab-4cde-8123-456789abcdef"))), "alternative names are not"),
        ["one alternative name too many"] = (c => c.Replace<X509SubjectAlternativeNameExtension>(Alternative(b => { b.AddDnsName("player-" + LinterCase.DeviceId); b.AddDnsName("broker.example"); })), "alternative names are not"),
        ["mail address beside"] = (c => c.Replace<X509SubjectAlternativeNameExtension>(Alternative(b => { b.AddDnsName("player-" + LinterCase.DeviceId); b.AddEmailAddress("a@b"); })), "alternative names are not"),
        ["address beside"] = (c => c.Replace<X509SubjectAlternativeNameExtension>(Alternative(b => { b.AddDnsName("player-" + LinterCase.DeviceId); b.AddIpAddress(IPAddress.Loopback); })), "alternative names are not"),
        ["alternative name critical"] = (c => c.Replace<X509SubjectAlternativeNameExtension>(Alternative(b => b.AddDnsName("player-" + LinterCase.DeviceId), critical: true)), "alternative name is critical"),
        ["no subject key identifier"] = (c => c.Replace<X509SubjectKeyIdentifierExtension>(null), "lacks a subject key identifier"),
        ["subject key identifier of another key"] = (c => c.Replace<X509SubjectKeyIdentifierExtension>(new X509SubjectKeyIdentifierExtension(new PublicKey(Stranger), X509SubjectKeyIdentifierHashAlgorithm.ShortSha256, false)), "not its key's"),
        ["no authority key identifier"] = (c => c.Replace<X509AuthorityKeyIdentifierExtension>(null), "lacks an authority key identifier"),
        ["authority key identifier of another CA"] = (c => c.Replace<X509AuthorityKeyIdentifierExtension>(X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier(new byte[20])), "not its issuer's key's"),
        ["authority key identifier by serial"] = (c => c.Replace<X509AuthorityKeyIdentifierExtension>(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(c.Issuer, true, true)), "not its issuer's key's"),
        ["name constraints"] = (c => c.Extensions.Add(new X509Extension("2.5.29.30", [0x30, 0x00], critical: true)), "extension that its profile does not have"),
        ["an extension twice"] = (c => { c.Extensions.Add(new X509Extension("1.2.3.4", [0x05, 0x00], false)); c.Extensions.Add(new X509Extension("1.2.3.5", [0x05, 0x00], false)); c.Patch = der => der[Find(der, [0x06, 0x03, 0x2A, 0x03, 0x05]) + 4] = 4; }, "an extension twice"),
    };

    public static IEnumerable<object[]> CaseNames => Cases.Keys.Select(name => new object[] { name });

    [TestMethod]
    public void A_certificate_by_its_profile_passes()
    {
        using var certificate = new LinterCase();
        Assert.AreEqual("", string.Join("; ", certificate.Lint()));
    }

    [TestMethod]
    [DynamicData(nameof(CaseNames))]
    public void A_spoiled_certificate_is_caught(string name)
    {
        using var certificate = new LinterCase();
        var (spoil, finding) = Cases[name];
        spoil(certificate);
        Assert.Contains(finding, string.Join("; ", certificate.Lint()));
    }

    [TestMethod]
    [DataRow(CertificateKind.Root, "not its profile's")]
    [DataRow(CertificateKind.DevicesIssuing, "it is not a CA")]
    [DataRow(CertificateKind.Broker, "extended key usage is not its profile's")]
    [DataRow(CertificateKind.Operator, "an extension that its profile does not have")]
    [DataRow(CertificateKind.Service, "common name is one of another kind")]
    public void A_certificate_of_one_kind_is_no_other(CertificateKind kind, string finding)
    {
        using var certificate = new LinterCase { Kind = kind };
        Assert.Contains(finding, string.Join("; ", certificate.Lint()));
    }

    [TestMethod]
    [DataRow("*.example")]
    [DataRow("op_admin")]
    [DataRow(LinterCase.DeviceId)]
    public void A_broker_with_a_name_that_is_no_host_is_caught(string second)
    {
        using var certificate = new LinterCase { Kind = CertificateKind.Broker };
        certificate.Names = new CertificateNames("broker.example") { DnsNames = ["broker.example", second] };
        certificate.Subject = certificate.Names.ToSubject();
        certificate.Replace<X509EnhancedKeyUsageExtension>(Usages(false, "1.3.6.1.5.5.7.3.1"));
        certificate.Replace<X509SubjectAlternativeNameExtension>(certificate.Names.ToSubjectAltName());
        certificate.NotAfter = certificate.NotBefore + TimeSpan.FromDays(397);
        Assert.AreEqual("a subject alternative name is not a host name", string.Join("; ", certificate.Lint()));
    }

    private static void Rename(LinterCase c, string name)
    {
        c.Names = new CertificateNames(name) { DnsNames = ["player-" + name] };
        c.Subject = c.Names.ToSubject();
        c.Replace<X509SubjectAlternativeNameExtension>(c.Names.ToSubjectAltName());
    }

    private static X509EnhancedKeyUsageExtension Usages(bool critical, params string[] oids)
    {
        var all = new OidCollection();
        foreach (var oid in oids)
        {
            all.Add(new Oid(oid));
        }

        return new X509EnhancedKeyUsageExtension(all, critical);
    }

    private static X509Extension Alternative(Action<SubjectAlternativeNameBuilder> fill, bool critical = false)
    {
        var builder = new SubjectAlternativeNameBuilder();
        fill(builder);
        return builder.Build(critical);
    }

    private static PublicKey Compressed(PublicKey key)
    {
        var point = key.EncodedKeyValue.RawData;
        return new PublicKey(key.Oid, key.EncodedParameters, new AsnEncodedData([(byte)(2 + (point[64] & 1)), .. point[1..33]]));
    }

    private static int Find(byte[] der, byte[] pattern) => der.AsSpan().IndexOf(pattern) is >= 0 and var at ? at : throw new AssertFailedException("pattern not there");
}
