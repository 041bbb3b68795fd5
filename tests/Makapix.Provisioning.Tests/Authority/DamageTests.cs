using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using Makapix.Provisioning.Authority;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Authority;

/// <summary>A folder with one damage in it: found by <c>ca verify</c>, or met by the work; in words that name the file, or without any harm.</summary>
[TestClass]
public sealed class DamageTests
{
    private const int Flips = 16;
    private static void EncryptAnew(string authority, PbeParameters parameters)
    {
        var path = Path.Combine(authority, "devices-issuing-g1.key");
        using var key = ECDsa.Create();
        key.ImportFromEncryptedPem(File.ReadAllText(path), TestAuthority.Passphrase);
        File.WriteAllText(path, key.ExportEncryptedPkcs8PrivateKeyPem(TestAuthority.Passphrase, parameters));
    }

    private static readonly TestFolder Folder = new();

    [ClassInitialize]
    public static void Begin(TestContext _) => TestAuthority.Init(Folder.At("ca")).Dispose();

    [ClassCleanup]
    public static void End() => Folder.Dispose();

    [TestMethod]
    [DataRow("root.crt")]
    [DataRow("root.crl")]
    [DataRow("devices-issuing-g1.crt")]
    [DataRow("services-issuing-g1.crt")]
    [DataRow("audit-signer-g1.crt")]
    [DataRow("devices-issuing-g1.key")]
    [DataRow("services-issuing-g1.key")]
    [DataRow("audit-signer-g1.key")]
    [DataRow("device-secret.key")]
    [DataRow("ceremony-0001.cms")]
    [DataRow("ledger.json")]
    public void A_bit_flipped_or_an_end_cut_off_is_harmless_or_named(string file)
    {
        var copy = Folder.CopyOf(Folder.At("ca"), file);
        var path = Path.Combine(copy, file);
        var sound = File.ReadAllBytes(path);
        var named = 0;
        foreach (var damaged in Damages(sound).Concat(DamagesInside(sound)))
        {
            File.WriteAllBytes(path, damaged);
            named += IsNamed(copy, file) ? 1 : 0;
        }

        Assert.IsGreaterThan(Flips, named);
    }

    [TestMethod]
    [DataRow("", DisplayName = "empty")]
    [DataRow("-----BEGIN X509 CRL-----\nMIAAAA==\n-----END X509 CRL-----\n", DisplayName = "BER: of indefinite length")]
    [DataRow("-----BEGIN X509 CRL-----\nMAMwAQA=\n-----END X509 CRL-----\n", DisplayName = "a length that leads outside")]
    [DataRow("-----BEGIN X509 CRL-----\n====\n-----END X509 CRL-----\n", DisplayName = "no base64")]
    [DataRow("-----BEGIN X509 CRL-----\n-----END X509 CRL-----\n", DisplayName = "nothing in the block")]
    [DataRow("-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n", DisplayName = "another block")]
    public void A_root_list_of_garbage_is_named(string garbage)
    {
        var copy = Folder.CopyOf(Folder.At("ca"), Guid.NewGuid().ToString("N"));
        File.WriteAllText(Path.Combine(copy, "root.crl"), garbage);
        Assert.Contains("root.crl is not a revocation list of this root", AuthorityInspection.Run(copy, TestAuthority.Options).ToList());
        using var authority = TestAuthority.Open(copy);
        Assert.Contains("root.crl", AuthorityAssert.Fails("006", () => authority.Crls()).Message);
    }

    // Each makes a guess at the passphrase cheaper than the program's own encryption does.
    [TestMethod]
    [DataRow(PbeEncryptionAlgorithm.Aes256Cbc, "SHA256", 999, "rounds", DisplayName = "few rounds")]
    [DataRow(PbeEncryptionAlgorithm.Aes256Cbc, "SHA1", 1000, "HMAC-SHA-256", DisplayName = "SHA-1")]
    [DataRow(PbeEncryptionAlgorithm.Aes256Cbc, "SHA512", 1000, "HMAC-SHA-256", DisplayName = "another hash")]
    [DataRow(PbeEncryptionAlgorithm.Aes128Cbc, "SHA256", 1000, "AES-256-CBC", DisplayName = "a short key")]
    [DataRow(PbeEncryptionAlgorithm.TripleDes3KeyPkcs12, "SHA1", 1000, "PBES2", DisplayName = "3DES of PKCS#12")]
    public void A_key_file_that_is_encrypted_more_weakly_is_named(PbeEncryptionAlgorithm cipher, string hash, int rounds, string why)
    {
        var copy = Folder.CopyOf(Folder.At("ca"), Guid.NewGuid().ToString("N"));
        EncryptAnew(copy, new PbeParameters(cipher, new HashAlgorithmName(hash), rounds));
        var finding = AuthorityInspection.Run(copy, TestAuthority.Options).Single();
        Assert.StartsWith("devices-issuing-g1.key is ", finding);
        Assert.Contains(why, finding);
        using var authority = TestAuthority.Open(copy);
        if (why == "rounds")
        {
            authority.IssueDevice(Guid.NewGuid()).Dispose();
        }
        else
        {
            Assert.Contains(why, AuthorityAssert.Fails("008", () => authority.IssueDevice(Guid.NewGuid())).Message);
        }
    }

    [TestMethod]
    public void A_key_file_that_asks_for_hours_of_work_is_refused_at_once()
    {
        var copy = Folder.CopyOf(Folder.At("ca"), "hours");
        var path = Path.Combine(copy, "devices-issuing-g1.key");
        EncryptAnew(copy, new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 0x10000));
        var pem = File.ReadAllText(path);
        var der = Convert.FromBase64String(pem[PemEncoding.Find(pem).Base64Data]);
        var rounds = der.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x02, 0x03, 0x01, 0x00, 0x00]);
        der[rounds + 2] = 0x7F;
        File.WriteAllText(path, PemEncoding.WriteString("ENCRYPTED PRIVATE KEY", der));
        using var authority = TestAuthority.Open(copy);
        AuthorityAssert.Fails("006", () => authority.IssueDevice(Guid.NewGuid()));
    }

    [TestMethod]
    public void The_rounds_of_production_are_what_is_looked_for()
    {
        var findings = AuthorityInspection.Run(Folder.At("ca"));
        Assert.AreEqual(4, findings.Count(finding => finding.Contains("is encrypted with less than 600000 rounds", StringComparison.Ordinal)), string.Join("; ", findings));
    }

    [TestMethod]
    public void A_key_file_that_is_gone_is_named()
    {
        foreach (var file in (string[])["device-secret.key", "devices-issuing-g1.key"])
        {
            var copy = Folder.CopyOf(Folder.At("ca"), "without-" + file);
            File.Delete(Path.Combine(copy, file));
            Assert.Contains(Path.GetFileNameWithoutExtension(file), AuthorityInspection.Run(copy, TestAuthority.Options).Single());
        }
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("pkcs11:token=a")]
    [DataRow("pkcs11:token=a;object=b?pin-value=1234")]
    public void A_token_file_that_names_no_key_is_named(string uri)
    {
        var copy = Folder.CopyOf(Folder.At("ca"), Guid.NewGuid().ToString("N"));
        File.WriteAllText(Path.Combine(copy, "devices-issuing-g1.p11"), uri);
        Assert.Contains("devices-issuing-g1.p11", AuthorityAssert.Fails("006", () => AuthorityInspection.Run(copy, TestAuthority.Options)).Message);
        using var authority = TestAuthority.Open(copy);
        Assert.Contains("devices-issuing-g1.p11", AuthorityAssert.Fails("006", () => authority.IssueDevice(Guid.NewGuid()).Dispose()).Message);
    }

    [TestMethod]
    public void What_a_ceremony_left_behind_is_named_when_it_is_damaged()
    {
        var copy = Folder.CopyOf(Folder.At("ca"), "interrupted");
        Folder.CopyOf(Folder.At("ca-root"), "interrupted-root");
        var path = Path.Combine(copy, "root-work.new");
        var kept = Array.Empty<byte>();
        using (var authority = TestAuthority.Open(copy, TestAuthority.Options with { BeforeWrite = step => kept = step == "root-work.done" ? File.ReadAllBytes(path) : kept }))
        using (var root = TestAuthority.Root(copy))
        {
            authority.RenewRootCrl(root);
        }

        File.WriteAllBytes(path, kept);
        using (TestAuthority.Open(copy))
        {
            Assert.IsFalse(File.Exists(path), "sound, it is settled, and changes nothing");
            Assert.IsEmpty(AuthorityInspection.Run(copy, TestAuthority.Options));
        }

        foreach (var damaged in Damages(kept))
        {
            File.WriteAllBytes(path, damaged);
            try
            {
                // Where nothing of it changed but its white space.
                TestAuthority.Open(copy).Dispose();
                Assert.IsEmpty(AuthorityInspection.Run(copy, TestAuthority.Options));
            }
            catch (AuthorityException e)
            {
                Assert.AreEqual("MKX-CA-006", e.Code);
                Assert.Contains("root-work.new", e.Message);
            }
        }
    }

    private static bool IsNamed(string folder, string file)
    {
        // ledger.json leads to a ledger, and that is what is missed then.
        var name = file == "ledger.json" ? "ledger" : Path.GetFileNameWithoutExtension(file);
        try
        {
            var findings = AuthorityInspection.Run(folder, TestAuthority.Options);
            if (findings.Count > 0)
            {
                Assert.IsTrue(findings.Any(finding => finding.Contains(name, StringComparison.Ordinal)), string.Join("; ", findings));
                return true;
            }

            using var authority = TestAuthority.Open(folder);
            using var device = authority.IssueDevice(Guid.NewGuid());
            authority.IssueService("backend").Dispose();
            authority.Crls();
            authority.AuditSigner().Dispose();
            return false;
        }
        catch (MakapixException e)
        {
            Assert.Contains(name, e.Message);
            return true;
        }
    }

    private static IEnumerable<byte[]> Damages(byte[] sound)
    {
        foreach (var length in (int[])[0, 1, sound.Length / 2, sound.Length - 2])
        {
            yield return sound[..length];
        }

        for (var i = 0; i < Flips; i++)
        {
            byte[] flipped = [.. sound];
            flipped[sound.Length * i / Flips] ^= (byte)(1 << (i % 7));
            yield return flipped;
        }
    }

    // What base64 carries: flips of the text are mostly no base64 any more.
    private static IEnumerable<byte[]> DamagesInside(byte[] sound)
    {
        var text = Encoding.ASCII.GetString(sound);
        return PemEncoding.TryFind(text, out var fields)
            ? Damages(Convert.FromBase64String(text[fields.Base64Data])).Select(der => Encoding.ASCII.GetBytes(PemEncoding.WriteString(text[fields.Label], der) + "\n"))
            : [];
    }
}
