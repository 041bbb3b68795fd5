using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Makapix.Provisioning.Authority;
using Makapix.Provisioning.Authority.Ceremonies;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Authority;

/// <summary>The folder: what a thief of a backup finds, and what the program says of a damaged one.</summary>
[TestClass]
public sealed class AtRestTests
{
    private const string Passphrase = TestAuthority.Passphrase;
    private static readonly TestFolder Folder = new();
    private static readonly string[] KeyFiles = ["devices-issuing-g1.key", "services-issuing-g1.key", "audit-signer-g1.key", "device-secret.key", "ledger.json"];

    [ClassInitialize]
    public static void Begin(TestContext _)
    {
        TestAuthority.Init(Folder.At("ca")).Dispose();
        CertificateAuthority.Init(TestAuthority.Plan(Folder.At("real")), Passphrase, TestAuthority.RootPassphrase).Dispose();
    }

    [ClassCleanup]
    public static void End() => Folder.Dispose();

    [TestMethod]
    public void Only_its_owner_can_read_it()
    {
        if (!OperatingSystem.IsWindows())
        {
            Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Folder.At("ca")));
            Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Folder.At("ca-root")));
            Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Folder.At("ca-root", "root.key")));
            foreach (var file in KeyFiles)
            {
                Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Folder.At("ca", file)), file);
            }
        }
    }

    [TestMethod]
    [DataRow("real-root", "root.key")]
    [DataRow("real", "devices-issuing-g1.key")]
    [DataRow("real", "services-issuing-g1.key")]
    [DataRow("real", "audit-signer-g1.key")]
    [DataRow("real", "device-secret.key")]
    public void Every_secret_is_PBES2_with_AES_256_and_600000_rounds(string folder, string file)
    {
        var structure = OpenSsl.Require("asn1parse", "-in", Folder.At(folder, file));
        foreach (var part in (string[])["PBES2", "PBKDF2", "INTEGER           :0927C0", "hmacWithSHA256", "aes-256-cbc"])
        {
            Assert.Contains(part, structure);
        }
    }

    [TestMethod]
    public void Openssl_opens_a_CA_key_and_it_fits_its_certificate()
    {
        var fromKey = OpenSsl.Require("pkey", "-in", Folder.At("ca-root", "root.key"), "-passin", "pass:" + TestAuthority.RootPassphrase, "-pubout");
        Assert.AreEqual(OpenSsl.Require("x509", "-in", Folder.At("ca", "root.crt"), "-noout", "-pubkey"), fromKey);
        Assert.AreNotEqual(0, OpenSsl.Run("pkey", "-in", Folder.At("ca-root", "root.key"), "-passin", "pass:" + Passphrase, "-noout").ExitCode);
    }

    [TestMethod]
    public void A_wrong_passphrase_says_the_same_of_every_file_and_nothing_of_itself()
    {
        var opening = AuthorityAssert.Fails("005", () => CertificateAuthority.Open(Folder.At("ca"), "wrong horse"));
        Assert.DoesNotContain("wrong horse", opening.ToString());

        // A key file of another passphrase, met later than the first.
        var copy = Folder.CopyOf(Folder.At("ca"), "mixed");
        CertificateAuthority.Init(TestAuthority.Plan(Folder.At("other")), "other horse", "third horse", TestAuthority.Options).Dispose();
        File.Copy(Folder.At("other", "services-issuing-g1.key"), Path.Combine(copy, "services-issuing-g1.key"), overwrite: true);
        using var authority = TestAuthority.Open(copy);
        var signing = AuthorityAssert.Fails("005", () => authority.IssueOperator("alice"));
        Assert.AreEqual(opening.Message.Replace("device-secret.key", "services-issuing-g1.key"), signing.Message);
    }

    [TestMethod]
    public void A_key_that_is_not_its_certificates_signs_nothing()
    {
        var copy = Folder.CopyOf(Folder.At("ca"), "swapped");
        File.Copy(Path.Combine(copy, "services-issuing-g1.key"), Path.Combine(copy, "devices-issuing-g1.key"), overwrite: true);
        using var authority = TestAuthority.Open(copy);
        AuthorityAssert.Fails("007", () => authority.IssueDevice(Guid.NewGuid()).Dispose());
    }

    [TestMethod]
    public void The_daily_work_is_done_without_the_root()
    {
        var copy = Folder.CopyOf(Folder.At("ca"), "rootless");
        Assert.IsFalse(File.Exists(Path.Combine(copy, "root.key")));
        using var authority = TestAuthority.Open(copy);
        authority.IssueDevice(Guid.NewGuid()).Dispose();
        authority.IssueBroker(["broker.example"]).Dispose();
        authority.Crls();
        authority.AuditSigner().Dispose();
    }

    [TestMethod]
    public void The_passphrase_of_the_daily_work_does_not_open_the_root() =>
        AuthorityAssert.Fails("005", () => RootAtHand.Open(Folder.At("ca-root"), Passphrase));

    [TestMethod]
    [DataRow("device-secret.key")]
    [DataRow("devices-issuing-g1.key")]
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
            catch (AuthorityException e) when (e.Code is "MKX-CA-005" or "MKX-CA-006" or "MKX-CA-007" or "MKX-CA-008")
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
        File.Copy(Path.Combine(copy, "devices-issuing-g1.key"), Path.Combine(copy, "device-secret.key"), overwrite: true);
        AuthorityAssert.Fails("006", () => TestAuthority.Open(copy));
    }

    public static IEnumerable<object[]> Damages =>
    [
        ["root.crt", "missing", "004"],
        ["root.crl", "missing", "004"],
        ["device-secret.key", "missing", "004"],
        ["root.crt", "empty", "006"],
        ["root.crt", "half", "006"],
        ["root.crt", "binary", "006"],
        ["root.crt", "huge", "006"],
        ["services-issuing-g1.crt", "of another label", "006"],
        ["device-secret.key", "empty", "006"],
        ["device-secret.key", "half", "006"],
        ["device-secret.key", "binary", "006"],
        ["device-secret.key", "of another label", "006"],
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
                File.WriteAllBytes(path, content[..(content.Length / 2)]);
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

        var failure = AuthorityAssert.Fails(code, () => PublishFrom(copy));
        Assert.DoesNotContain(Passphrase, failure.ToString());
    }

    [TestMethod]
    public void A_CA_certificate_of_another_authority_is_not_taken()
    {
        var copy = Folder.CopyOf(Folder.At("ca"), "foreign");
        TestAuthority.Init(Folder.At("stranger")).Dispose();
        File.Copy(Folder.At("stranger", "devices-issuing-g1.crt"), Path.Combine(copy, "devices-issuing-g1.crt"), overwrite: true);
        AuthorityAssert.Fails("023", () => TestAuthority.Open(copy));
    }

    [TestMethod]
    public void A_ledger_from_an_old_backup_that_does_not_know_a_CA_is_not_taken()
    {
        TestAuthority.Init(Folder.At("renewed")).Dispose();
        var old = File.ReadAllBytes(Folder.At("renewed", "ledger.db"));
        using (var authority = TestAuthority.Open(Folder.At("renewed")))
        using (var root = TestAuthority.Root(Folder.At("renewed")))
        {
            authority.RotateIssuing(CertificateKind.DevicesIssuing, root);
        }

        File.WriteAllBytes(Folder.At("renewed", "ledger.db"), old);
        AuthorityAssert.Fails("023", () => TestAuthority.Open(Folder.At("renewed")));
    }

    private static void PublishFrom(string folder)
    {
        using var authority = TestAuthority.Open(folder);
        authority.Crls();
    }

    private static byte[] RenewalKey(string folder, Guid id)
    {
        using var authority = TestAuthority.Open(folder);
        using var material = authority.IssueDevice(id);
        authority.Revoke(material.Serial, X509RevocationReason.Superseded);
        return material.RenewalKey.ToArray();
    }
}
