using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using Makapix.Provisioning.Authority;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Authority;

/// <summary>Requests from outside, made by the real openssl: what is signed, and what is not.</summary>
[TestClass]
public sealed class SigningRequestTests
{
    private const string DeviceId = "0123abcd-89ab-4cde-8123-456789abcdef";
    private static readonly string[] P256 = ["ec", "-pkeyopt", "ec_paramgen_curve:P-256"];
    private static readonly TestFolder Folder = new();
    private static CertificateAuthority _authority = null!;
    private static int _files;

    [ClassInitialize]
    public static void Begin(TestContext _)
    {
        _authority = TestAuthority.Init(Folder.At("ca"));
        Folder.Write("root.pem", _authority.RootPem);
    }

    [ClassCleanup]
    public static void End()
    {
        _authority.Dispose();
        Folder.Dispose();
    }

    [TestMethod]
    [DataRow("/CN=op_alice")]
    [DataRow("/")]
    public void An_operator_gets_what_the_profile_gives(string subject)
    {
        var signed = _authority.SignOperator(Request(P256, subject), "alice");
        Assert.AreEqual("op_alice", signed.CommonName);
        using var leaf = X509Certificate2.CreateFromPem(signed.ChainPem);
        Assert.AreEqual("CN=op_alice", leaf.Subject);
        Assert.AreEqual(signed.Serial, leaf.SerialNumber);
        var usages = leaf.Extensions.OfType<X509EnhancedKeyUsageExtension>().Single().EnhancedKeyUsages;
        Assert.AreEqual("1.3.6.1.5.5.7.3.2", usages.Cast<Oid>().Single().Value);
    }

    [TestMethod]
    public void A_device_may_ask_for_what_it_gets_anyway()
    {
        var request = Request(P256, $"/CN={DeviceId}", "-addext", $"subjectAltName=DNS:player-{DeviceId}", "-addext", "keyUsage=critical,digitalSignature", "-addext", "extendedKeyUsage=clientAuth", "-addext", "basicConstraints=critical,CA:FALSE");
        var signed = _authority.SignDevice(request, Guid.Parse(DeviceId));
        AuthorityAssert.Fails("013", () => _authority.SignDevice(request, Guid.Parse(DeviceId)));
        _authority.Revoke(signed.Serial, X509RevocationReason.Superseded);
    }

    [TestMethod]
    [DataRow("ec-p384", "ec", "ec_paramgen_curve:P-384")]
    [DataRow("rsa-3072", "rsa", "rsa_keygen_bits:3072")]
    public void A_broker_may_bring_a_key_that_its_peers_need(string kind, string algorithm, string option)
    {
        var signed = _authority.SignBroker(Request([algorithm, "-pkeyopt", option], "/CN=b.example", "-addext", "subjectAltName=DNS:b.example"), ["b.example", "c.example"]);
        Folder.Write(kind + ".pem", signed.ChainPem);
        OpenSsl.Require("verify", "-x509_strict", "-purpose", "sslserver", "-CAfile", Folder.At("root.pem"), "-untrusted", Folder.At(kind + ".pem"), Folder.At(kind + ".pem"));
    }

    public static IEnumerable<object[]> Hostile =>
    [
        ["another name", "052", P256, "/CN=op_admin", new string[0]],
        ["another kind's name", "052", P256, "/CN=svc_carol", new string[0]],
        ["an organization beside", "052", P256, "/O=Evil/CN=op_carol", new string[0]],
        ["two names", "052", P256, "/CN=op_admin/CN=op_carol", new string[0]],
        ["a CA", "053", P256, "/CN=op_carol", new[] { "-addext", "basicConstraints=critical,CA:TRUE" }],
        ["a server", "053", P256, "/CN=op_carol", new[] { "-addext", "extendedKeyUsage=serverAuth" }],
        ["client and server", "053", P256, "/CN=op_carol", new[] { "-addext", "extendedKeyUsage=clientAuth,serverAuth" }],
        ["signing certificates", "053", P256, "/CN=op_carol", new[] { "-addext", "keyUsage=digitalSignature,keyCertSign" }],
        ["an alternative name", "053", P256, "/CN=op_carol", new[] { "-addext", "subjectAltName=DNS:broker.example" }],
        ["a mail address", "053", P256, "/CN=op_carol", new[] { "-addext", "subjectAltName=email:a@b.example" }],
        ["an extension that nobody has", "053", P256, "/CN=op_carol", new[] { "-addext", "1.2.3.4=ASN1:NULL" }],
        ["a key on P-384", "019", new[] { "ec", "-pkeyopt", "ec_paramgen_curve:P-384" }, "/CN=op_carol", new string[0]],
        ["a key on a curve nobody checks", "019", new[] { "ec", "-pkeyopt", "ec_paramgen_curve:secp256k1" }, "/CN=op_carol", new string[0]],
        ["a curve by its parameters", "050", new[] { "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-pkeyopt", "ec_param_enc:explicit" }, "/CN=op_carol", new string[0]],
        ["RSA", "019", new[] { "rsa", "-pkeyopt", "rsa_keygen_bits:2048" }, "/CN=op_carol", new string[0]],
        ["a weak RSA key", "019", new[] { "rsa", "-pkeyopt", "rsa_keygen_bits:1024" }, "/CN=op_carol", new string[0]],
        ["Ed25519", "050", new[] { "ed25519" }, "/CN=op_carol", new string[0]],
    ];

    [TestMethod]
    [DynamicData(nameof(Hostile))]
    public void Who_asks_for_more_gets_nothing(string attack, string code, string[] key, string subject, string[] more)
    {
        var request = Request(key, subject, more);
        var failure = Assert.ThrowsExactly<AuthorityException>(() => _authority.SignOperator(request, "carol"), attack);
        Assert.IsTrue(failure.Code == $"MKX-CA-{code}" || (code == "050" && failure.Code is "MKX-CA-051" or "MKX-CA-019"), $"{attack}: {failure.Message}");
        Assert.IsFalse(CertificateAuthority.List(Folder.At("ca")).Any(c => c.CommonName == "op_carol"));
    }

    [TestMethod]
    [DataRow("rsa_keygen_bits:2048")]
    [DataRow("rsa_keygen_bits:1024")]
    public void A_broker_with_a_weak_key_is_refused(string bits) =>
        AuthorityAssert.Fails("019", () => _authority.SignBroker(Request(["rsa", "-pkeyopt", bits], "/CN=b.example"), ["b.example"]));

    [TestMethod]
    public void A_broker_that_asks_for_a_host_beside_is_refused() =>
        AuthorityAssert.Fails("053", () => _authority.SignBroker(Request(P256, "/CN=b.example", "-addext", "subjectAltName=DNS:b.example,DNS:*.example"), ["b.example"]));

    // Names that openssl would not make: each in the place of a subject, properly signed.
    [TestMethod]
    [DataRow("300D310B300906035504030C02FFFE", DisplayName = "bytes that are no UTF-8")]
    [DataRow("30020500", DisplayName = "a part that is none")]
    [DataRow("3004310230 00", DisplayName = "an attribute that is empty")]
    [DataRow("300C310A300806035504033001 00", DisplayName = "a name cut short")]
    [DataRow("3014311230100603550403 0C09 6F705F6361726F6C00", DisplayName = "a zero behind the name")]
    [DataRow("3014311230100603550403 1309 6F705F6361726F6C20", DisplayName = "a blank behind it, in a string type that has no underscore")]
    [DataRow("3013311130 0F0603550403 0C08 6F705F4361726F6C", DisplayName = "the name in another case")]
    [DataRow("301F311D 300F06035504030C086F705F6361726F6C 300A060355040A0C0345766C", DisplayName = "an organization in the same part")]
    public void A_subject_that_is_not_exactly_the_name_is_refused(string subject)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(new X500DistinguishedName(Convert.FromHexString(subject.Replace(" ", "", StringComparison.Ordinal))), key, HashAlgorithmName.SHA256);
        var failure = Assert.ThrowsExactly<AuthorityException>(() => _authority.SignOperator(Written(request.CreateSigningRequestPem()), "carol"));
        Assert.IsTrue(failure.Code is "MKX-CA-050" or "MKX-CA-052", failure.Message);
    }

    [TestMethod]
    [DataRow("1E10006F0070005F00630065006400610072", DisplayName = "BMPString")]
    [DataRow("0C086F705F6365646172", DisplayName = "UTF8String")]
    public void The_name_in_another_of_the_string_types_is_the_name(string text)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var value = Convert.FromHexString(text.Replace(" ", "", StringComparison.Ordinal));
        byte[] attribute = [0x06, 0x03, 0x55, 0x04, 0x03, .. value];
        byte[] name = [0x30, (byte)(attribute.Length + 4), 0x31, (byte)(attribute.Length + 2), 0x30, (byte)attribute.Length, .. attribute];
        var request = new CertificateRequest(new X500DistinguishedName(name), key, HashAlgorithmName.SHA256);
        var signed = _authority.SignOperator(Written(request.CreateSigningRequestPem()), "cedar");
        using var leaf = X509Certificate2.CreateFromPem(signed.ChainPem);
        Assert.AreEqual("CN=op_cedar", leaf.Subject);
    }

    [TestMethod]
    public void A_challenge_password_is_more_than_a_profile_has()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=op_carol", key, HashAlgorithmName.SHA256);
        request.OtherRequestAttributes.Add(new AsnEncodedData("1.2.840.113549.1.9.7", [0x0C, 0x02, (byte)'h', (byte)'i']));
        AuthorityAssert.Fails("053", () => _authority.SignOperator(Written(request.CreateSigningRequestPem()), "carol"));
    }

    [TestMethod]
    public void No_flipped_bit_of_a_request_is_signed()
    {
        var pem = File.ReadAllText(Request(P256, "/CN=op_carol"));
        var der = Convert.FromBase64String(pem[PemEncoding.Find(pem).Base64Data]);
        for (var i = 0; i < der.Length; i += 3)
        {
            der[i] ^= 0x01;
            var path = Written(PemEncoding.WriteString("CERTIFICATE REQUEST", der));
            der[i] ^= 0x01;
            var failure = Assert.ThrowsExactly<AuthorityException>(() => _authority.SignOperator(path, "carol"), $"byte {i}");
            Assert.IsTrue(failure.Code is "MKX-CA-050" or "MKX-CA-051", failure.Message);
        }
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("-----BEGIN CERTIFICATE REQUEST-----\n-----END CERTIFICATE REQUEST-----")]
    [DataRow("-----BEGIN CERTIFICATE REQUEST-----\nMAA=\n-----END CERTIFICATE REQUEST-----")]
    [DataRow("-----BEGIN PRIVATE KEY-----\nMAA=\n-----END PRIVATE KEY-----")]
    public void What_is_no_request_is_refused(string content) =>
        AuthorityAssert.Fails("050", () => _authority.SignOperator(Written(content), "carol"));

    [TestMethod]
    public void A_file_without_end_is_not_read() =>
        AuthorityAssert.Fails("050", () => _authority.SignOperator(Written(new string('A', 1 << 20)), "carol"));

    private static string Request(string[] key, string subject, params string[] more)
    {
        var path = Folder.At(NewName());
        OpenSsl.Require(["req", "-new", "-newkey", .. key, "-nodes", "-keyout", path + ".key", "-subj", subject, "-out", path, .. more]);
        return path;
    }

    private static string Written(string content) => Folder.Write(NewName(), content);

    // Of its own for each: the tests, and the rows of one, run at the same time.
    private static string NewName() => $"{Interlocked.Increment(ref _files)}.csr";
}
