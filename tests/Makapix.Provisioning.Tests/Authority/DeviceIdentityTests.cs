using System;
using System.Formats.Asn1;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Makapix.Provisioning.Authority;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Authority;

/// <summary>What a board is given.</summary>
[TestClass]
public sealed class DeviceIdentityTests
{
    private static readonly TestFolder Folder = new();
    private static CertificateAuthority _authority = null!;

    [ClassInitialize]
    public static void Begin(TestContext _) => _authority = TestAuthority.Init(Folder.At("ca"));

    [ClassCleanup]
    public static void End()
    {
        _authority.Dispose();
        Folder.Dispose();
    }

    [TestMethod]
    public void Certificate_names_the_device_in_lower_case()
    {
        var id = Guid.Parse("0123ABCD-89AB-4CDE-8123-456789ABCDEF");
        using var material = _authority.IssueDevice(id);
        using var leaf = Leaf(material);
        Assert.AreEqual("CN=0123abcd-89ab-4cde-8123-456789abcdef", leaf.Subject);
        var names = leaf.Extensions.OfType<X509SubjectAlternativeNameExtension>().Single();
        Assert.AreEqual("player-0123abcd-89ab-4cde-8123-456789abcdef", names.EnumerateDnsNames().Single());
        Assert.AreEqual(leaf.SerialNumber, material.Serial);
        Assert.AreEqual(leaf.NotAfter.ToUniversalTime(), material.NotAfter.UtcDateTime);
        Assert.AreEqual(material.IssuedAt.UtcDateTime - TimeSpan.FromMinutes(5), leaf.NotBefore.ToUniversalTime());
    }

    [TestMethod]
    public void Chain_is_leaf_then_issuing_CA_and_the_root_is_apart()
    {
        using var material = _authority.IssueDevice(Guid.NewGuid());
        var chain = new AsnReader(material.ChainDer, AsnEncodingRules.DER);
        using var leaf = X509CertificateLoader.LoadCertificate(chain.ReadEncodedValue().Span);
        using var issuing = X509CertificateLoader.LoadCertificate(chain.ReadEncodedValue().Span);
        using var root = X509CertificateLoader.LoadCertificate(material.RootDer.Span);
        Assert.IsFalse(chain.HasData);
        Assert.AreEqual(issuing.Subject, leaf.Issuer);
        Assert.AreEqual(root.Subject, issuing.Issuer);
        Assert.AreEqual(root.Subject, root.Issuer);
    }

    [TestMethod]
    public void Private_key_is_RFC_5915_with_its_public_key_and_belongs_to_the_leaf()
    {
        using var material = _authority.IssueDevice(Guid.NewGuid());
        using var leaf = Leaf(material);
        var fields = new AsnReader(material.PrivateKeyDer, AsnEncodingRules.DER).ReadSequence();
        Assert.IsTrue(fields.TryReadInt32(out var version) && version == 1);
        Assert.HasCount(32, fields.ReadOctetString());
        Assert.AreEqual("1.2.840.10045.3.1.7", fields.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, 0)).ReadObjectIdentifier());
        var publicKey = fields.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, 1)).ReadBitString(out _);
        Assert.HasCount(65, publicKey);
        CollectionAssert.AreEqual(leaf.PublicKey.EncodedKeyValue.RawData, publicKey);

        using var key = ECDsa.Create();
        key.ImportECPrivateKey(material.PrivateKeyDer.Span, out _);
        CollectionAssert.AreEqual(leaf.PublicKey.ExportSubjectPublicKeyInfo(), key.ExportSubjectPublicKeyInfo());
    }

    [TestMethod]
    public void Dispose_zeroes_what_was_handed_out()
    {
        var material = _authority.IssueDevice(Guid.NewGuid());
        ReadOnlyMemory<byte>[] secrets = [material.PrivateKeyDer, material.RenewalKey, material.StorageKey];
        Assert.IsTrue(secrets.All(secret => secret.Span.ContainsAnyExcept((byte)0)));
        material.Dispose();
        Assert.IsFalse(secrets.Any(secret => secret.Span.ContainsAnyExcept((byte)0)));
        Assert.ThrowsExactly<ObjectDisposedException>(() => material.PrivateKeyDer);
        Assert.ThrowsExactly<ObjectDisposedException>(() => material.RenewalKey);
        Assert.ThrowsExactly<ObjectDisposedException>(() => material.StorageKey);
    }

    [TestMethod]
    public void No_secret_of_a_device_touches_the_disk()
    {
        // An authority of its own: readers of the index and its writers keep each other out.
        using var authority = TestAuthority.Init(Folder.At("scanned"));
        using var material = authority.IssueDevice(Guid.NewGuid());
        var key = new AsnReader(material.PrivateKeyDer, AsnEncodingRules.DER).ReadSequence();
        key.ReadInteger();
        var secrets = new[] { key.ReadOctetString(), material.RenewalKey.ToArray(), material.StorageKey.ToArray() };
        foreach (var file in Directory.GetFiles(Folder.At("scanned")))
        {
            var content = File.ReadAllBytes(file);
            foreach (var secret in secrets)
            {
                Assert.IsLessThan(0, content.AsSpan().IndexOf(secret.AsSpan(8, 16)), file);
                Assert.IsLessThan(0, content.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(Convert.ToHexString(secret, 8, 16))), file);
                Assert.IsLessThan(0, content.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(Convert.ToBase64String(secret, 9, 15))), file);
            }
        }
    }

    [TestMethod]
    public void Derived_keys_outlive_the_process_and_differ_from_device_to_device()
    {
        Guid a = Guid.NewGuid(), b = Guid.NewGuid();
        using var first = _authority.IssueDevice(a);
        using var other = _authority.IssueDevice(b);
        using var reopened = TestAuthority.Open(Folder.At("ca"));
        reopened.Revoke(first.Serial, X509RevocationReason.Superseded);
        using var again = reopened.IssueDevice(a);
        CollectionAssert.AreEqual(first.RenewalKey.ToArray(), again.RenewalKey.ToArray());
        CollectionAssert.AreEqual(first.StorageKey.ToArray(), again.StorageKey.ToArray());
        CollectionAssert.AreNotEqual(first.RenewalKey.ToArray(), first.StorageKey.ToArray());
        CollectionAssert.AreNotEqual(first.RenewalKey.ToArray(), other.RenewalKey.ToArray());
        CollectionAssert.AreNotEqual(first.PrivateKeyDer.ToArray(), again.PrivateKeyDer.ToArray());
    }

    [TestMethod]
    public void A_device_has_one_valid_certificate_at_a_time()
    {
        var id = Guid.NewGuid();
        using var first = _authority.IssueDevice(id);
        var refusal = AuthorityAssert.Fails("013", () => _authority.IssueDevice(id).Dispose());
        Assert.Contains(first.Serial, refusal.Message);

        _authority.Revoke(first.Serial, X509RevocationReason.Superseded);
        using var second = _authority.IssueDevice(id);
        Assert.AreNotEqual(first.Serial, second.Serial);
    }

    [TestMethod]
    public void A_serial_drawn_before_is_the_one_that_is_issued_and_only_once()
    {
        var serial = _authority.DrawSerial();
        Assert.AreNotEqual(serial, _authority.DrawSerial());
        using var device = _authority.IssueDevice(Guid.NewGuid(), serial);
        Assert.AreEqual(serial, device.Serial);
        AuthorityAssert.Fails("018", () => _authority.IssueDevice(Guid.NewGuid(), serial).Dispose());
    }

    [TestMethod]
    [DataRow("", DisplayName = "empty")]
    [DataRow("00112233445566778899AABBCCDDEEFF", DisplayName = "short as an INTEGER")]
    [DataRow("80112233445566778899AABBCCDDEEFF", DisplayName = "negative")]
    [DataRow("40112233445566778899AABBCCDDEE", DisplayName = "15 bytes")]
    [DataRow("40112233445566778899AABBCCDDEEFF00", DisplayName = "17 bytes")]
    [DataRow("40112233445566778899aabbccddeeff", DisplayName = "another spelling")]
    [DataRow("no hexadecimal digits in here...", DisplayName = "text")]
    public void A_serial_that_was_never_drawn_is_refused(string serial) => AuthorityAssert.Fails("018", () => _authority.IssueDevice(Guid.NewGuid(), serial).Dispose());

    [TestMethod]
    public void An_empty_device_id_is_refused() => AuthorityAssert.Fails("012", () => _authority.IssueDevice(Guid.Empty).Dispose());

    private static X509Certificate2 Leaf(DeviceIdentityMaterial material) =>
        X509CertificateLoader.LoadCertificate(new AsnReader(material.ChainDer, AsnEncodingRules.DER).ReadEncodedValue().Span);
}
