using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Makapix.Provisioning.Authority;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Authority;

/// <summary>The folder: what a thief of a backup finds, and what the program says of a damaged one.</summary>
[TestClass]
public sealed class AtRestTests
{
    private const string Passphrase = TestAuthority.Passphrase;
    private static readonly TestFolder Folder = new();
    private static readonly string[] KeyFiles = ["root.key", "devices-issuing.key", "services-issuing.key", "device-secret.key"];

    [ClassInitialize]
    public static void Begin(TestContext _)
    {
        TestAuthority.Init(Folder.At("ca")).Dispose();
        CertificateAuthority.Init(Folder.At("real"), Passphrase).Dispose();
    }

    [ClassCleanup]
    public static void End() => Folder.Dispose();

    [TestMethod]
    public void Only_its_owner_can_read_it()
    {
        if (!OperatingSystem.IsWindows())
        {
            Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Folder.At("ca")));
            foreach (var file in KeyFiles.Append("issued.jsonl"))
            {
                Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Folder.At("ca", file)), file);
            }
        }
    }

    [TestMethod]
    [DataRow("root.key")]
    [DataRow("devices-issuing.key")]
    [DataRow("services-issuing.key")]
    [DataRow("device-secret.key")]
    public void Every_secret_is_PBES2_with_AES_256_and_600000_rounds(string file)
    {
        var structure = OpenSsl.Require("asn1parse", "-in", Folder.At("real", file));
        foreach (var part in (string[])["PBES2", "PBKDF2", "INTEGER           :0927C0", "hmacWithSHA256", "aes-256-cbc"])
        {
            Assert.Contains(part, structure);
        }
    }

    [TestMethod]
    public void Openssl_opens_a_CA_key_and_it_fits_its_certificate()
    {
        var fromKey = OpenSsl.Require("pkey", "-in", Folder.At("ca", "root.key"), "-passin", "pass:" + Passphrase, "-pubout");
        Assert.AreEqual(OpenSsl.Require("x509", "-in", Folder.At("ca", "root.crt"), "-noout", "-pubkey"), fromKey);
        Assert.AreNotEqual(0, OpenSsl.Run("pkey", "-in", Folder.At("ca", "root.key"), "-passin", "pass:wrong horse", "-noout").ExitCode);
    }

    [TestMethod]
    public void A_wrong_passphrase_says_the_same_of_every_file_and_nothing_of_itself()
    {
        var opening = AuthorityAssert.Fails("005", () => CertificateAuthority.Open(Folder.At("ca"), "wrong horse"));
        Assert.DoesNotContain("wrong horse", opening.ToString());

        // A key file of another passphrase, met later than the first.
        var copy = Folder.CopyOf(Folder.At("ca"), "mixed");
        CertificateAuthority.Init(Folder.At("other"), "other horse", options: TestAuthority.Options).Dispose();
        File.Copy(Folder.At("other", "services-issuing.key"), Path.Combine(copy, "services-issuing.key"), overwrite: true);
        using var authority = TestAuthority.Open(copy);
        var signing = AuthorityAssert.Fails("005", () => authority.IssueOperator("alice"));
        Assert.AreEqual(opening.Message, signing.Message);
    }

    [TestMethod]
    public void A_key_that_is_not_its_certificates_signs_nothing()
    {
        var copy = Folder.CopyOf(Folder.At("ca"), "swapped");
        File.Copy(Path.Combine(copy, "root.key"), Path.Combine(copy, "devices-issuing.key"), overwrite: true);
        using var authority = TestAuthority.Open(copy);
        AuthorityAssert.Fails("007", () => authority.IssueDevice(Guid.NewGuid()).Dispose());
    }

    [TestMethod]
    public void Without_the_roots_key_devices_are_issued_and_no_CRL_is()
    {
        var copy = Folder.CopyOf(Folder.At("ca"), "rootless");
        File.Delete(Path.Combine(copy, "root.key"));
        using var authority = TestAuthority.Open(copy);
        authority.IssueDevice(Guid.NewGuid()).Dispose();
        AuthorityAssert.Fails("004", () => authority.Crls());
    }

    [TestMethod]
    [DataRow("device-secret.key")]
    [DataRow("devices-issuing.key")]
    public void A_bit_flipped_anywhere_in_a_secret_never_changes_what_devices_get(string file)
    {
        var copy = Folder.CopyOf(Folder.At("ca"), "flipped-" + file);
        var path = Path.Combine(copy, file);
        var pem = File.ReadAllText(path);
        var fields = PemEncoding.Find(pem);
        var der = Convert.FromBase64String(pem[fields.Base64Data]);
        var id = Guid.NewGuid();
        var expected = RenewalKey(copy, id);
        var refused = 0;
        for (var i = 0; i < der.Length; i++)
        {
            der[i] ^= 0x10;
            File.WriteAllText(path, PemEncoding.WriteString(pem[fields.Label], der));
            der[i] ^= 0x10;
            try
            {
                // The PKCS#8 version is a byte that nobody reads; every other flip is refused.
                CollectionAssert.AreEqual(expected, RenewalKey(copy, id), $"byte {i}");
            }
            catch (AuthorityException e) when (e.Code is "MKX-CA-005" or "MKX-CA-006" or "MKX-CA-007")
            {
                refused++;
            }
        }

        Assert.IsGreaterThanOrEqualTo(der.Length - 1, refused);
    }

    [TestMethod]
    public void A_signing_key_in_the_place_of_the_device_secret_is_refused()
    {
        var copy = Folder.CopyOf(Folder.At("ca"), "confused");
        File.Copy(Path.Combine(copy, "root.key"), Path.Combine(copy, "device-secret.key"), overwrite: true);
        AuthorityAssert.Fails("006", () => TestAuthority.Open(copy));
    }

    public static IEnumerable<object[]> Damages =>
    [
        ["root.crt", "missing", "004"],
        ["devices-issuing.crt", "missing", "004"],
        ["device-secret.key", "missing", "004"],
        ["issued.jsonl", "missing", "004"],
        ["root.crt", "empty", "006"],
        ["root.crt", "half", "006"],
        ["root.crt", "binary", "006"],
        ["root.crt", "huge", "006"],
        ["services-issuing.crt", "of another label", "006"],
        ["device-secret.key", "empty", "006"],
        ["device-secret.key", "half", "006"],
        ["device-secret.key", "binary", "006"],
        ["device-secret.key", "of another label", "006"],
        ["issued.jsonl", "empty", "023"],
        ["issued.jsonl", "half", "020"],
        ["issued.jsonl", "binary", "020"],
    ];

    [TestMethod]
    [DynamicData(nameof(Damages))]
    public void A_damaged_folder_is_refused_in_words(string file, string damage, string code)
    {
        var copy = Folder.CopyOf(Folder.At("ca"), $"{file}-{damage}");
        var path = Path.Combine(copy, file);
        var content = File.ReadAllBytes(path);
        switch (damage)
        {
            case "missing":
                File.Delete(path);
                break;
            case "empty":
                File.WriteAllBytes(path, []);
                break;
            case "half":
                // A line that ends within: the index would take an unfinished last line for a writer that died.
                File.WriteAllBytes(path, [.. content[..(content.Length / 2)], (byte)'\n']);
                break;
            case "binary":
                File.WriteAllBytes(path, [.. Enumerable.Range(0, 999).Select(i => (byte)i)]);
                break;
            case "huge":
                File.WriteAllBytes(path, [.. content, .. new byte[1 << 20]]);
                break;
            case "of another label":
                File.WriteAllText(path, Encoding.ASCII.GetString(content).Replace("CERTIFICATE", "X509 CRL").Replace("ENCRYPTED PRIVATE", "PRIVATE"));
                break;
            default:
                throw new ArgumentException(damage);
        }

        var failure = AuthorityAssert.Fails(code, () => TestAuthority.Open(copy));
        Assert.DoesNotContain(Passphrase, failure.ToString());
    }

    [TestMethod]
    public void A_CA_certificate_of_another_authority_is_not_taken()
    {
        var copy = Folder.CopyOf(Folder.At("ca"), "foreign");
        TestAuthority.Init(Folder.At("stranger")).Dispose();
        File.Copy(Folder.At("stranger", "devices-issuing.crt"), Path.Combine(copy, "devices-issuing.crt"), overwrite: true);
        AuthorityAssert.Fails("023", () => TestAuthority.Open(copy));
    }

    private static byte[] RenewalKey(string folder, Guid id)
    {
        using var authority = TestAuthority.Open(folder);
        using var material = authority.IssueDevice(id);
        authority.Revoke(material.Serial, X509RevocationReason.Superseded);
        return material.RenewalKey.ToArray();
    }
}
