using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Makapix.Provisioning.Authority;
using Makapix.Provisioning.Authority.Ceremonies;
using Makapix.Provisioning.Authority.Keys;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Authority;

/// <summary>What the root's key is brought for: every kind of it, records that cannot be forged, generations that overlap.</summary>
[TestClass]
public sealed class CeremonyTests
{
    private readonly TestFolder _folder = new();

    [TestCleanup]
    public void CleanUp() => _folder.Dispose();

    [TestMethod]
    [DataRow(KeyKind.EcP256, KeyKind.EcP256)]
    [DataRow(KeyKind.EcP384, KeyKind.EcP384)]
    [DataRow(KeyKind.Rsa3072, KeyKind.Rsa3072)]
    [DataRow(KeyKind.Rsa4096, KeyKind.Rsa4096)]
    public void A_root_and_a_broker_of_every_kind_make_chains_that_openssl_takes(KeyKind root, KeyKind broker)
    {
        using var authority = TestAuthority.Init(TestAuthority.Plan(_folder.At("ca")) with { Root = new KeySource(root) });
        var files = new CredentialWriter(authority, _folder.At("broker")).Broker(["broker.example"], key: broker);
        using var device = authority.IssueDevice(Guid.NewGuid());
        _folder.Write("device.pem", TestCertificates.ToPem(device.ChainDer));
        using (var audit = authority.AuditSigner())
        {
            _folder.Write("audit.pem", audit.Certificate.ExportCertificatePem() + "\n" + audit.Issuer.ExportCertificatePem());
        }

        Verify(files.Certificate, "sslserver", true);
        Verify(files.Certificate, "sslclient", false);
        Verify(_folder.At("device.pem"), "sslclient", true);
        Verify(_folder.At("device.pem"), "sslserver", false);
        Verify(_folder.At("audit.pem"), "sslclient", false);
        Verify(_folder.At("audit.pem"), "sslserver", false);
        Verify(_folder.At("audit.pem"), "any", true);
        using var leaf = X509Certificate2.CreateFromPemFile(files.Certificate, files.Key);
        Assert.IsTrue(leaf.HasPrivateKey);
        Assert.IsEmpty(AuthorityInspection.Run(_folder.At("ca"), TestAuthority.Options));

        void Verify(string chain, string purpose, bool expected)
        {
            var (exitCode, output) = OpenSsl.Run(
                "verify", "-x509_strict", "-purpose", purpose, "-crl_check_all", "-CRLfile", _folder.At("broker", "crl.pem"), "-CAfile", _folder.At("broker", "ca.crt"), "-untrusted", chain, chain);
            Assert.AreEqual(expected, exitCode == 0, output);
        }
    }

    [TestMethod]
    public void A_device_with_a_key_that_it_cannot_use_is_not_to_be_had()
    {
        using var authority = TestAuthority.Init(_folder.At("ca"));
        AuthorityAssert.Fails("019", () => TestAuthority.Init(TestAuthority.Plan(_folder.At("other")) with { DevicesIssuing = new KeySource(KeyKind.Rsa4096) }));
    }

    [TestMethod]
    public void A_record_says_what_was_done_and_no_byte_of_it_can_be_changed()
    {
        var plan = TestAuthority.Plan(_folder.At("ca")) with { Witnesses = ["Alice", "Bob"] };
        TestAuthority.Init(plan).Dispose();
        using var root = X509CertificateLoader.LoadCertificateFromFile(_folder.At("ca", "root.crt"));
        var pem = File.ReadAllText(_folder.At("ca", "ceremony-0001.cms"));
        Assert.AreEqual(pem, File.ReadAllText(_folder.At("ca-root", "ceremony-0001.cms")));
        var record = CeremonyRecord.Read(pem, root)!;
        Assert.AreEqual("init", record.Ceremony);
        Assert.AreEqual(plan.Hash(), record.PlanSha256);
        CollectionAssert.AreEqual(new[] { "Alice", "Bob" }, record.Witnesses.ToArray());
        Assert.AreEqual(root.GetCertHashString(HashAlgorithmName.SHA256), record.Made[0].Sha256);
        Assert.HasCount(4, record.Made);

        var der = Convert.FromBase64String(pem[PemEncoding.Find(pem).Base64Data]);
        var name = der.AsSpan().IndexOf("Alice"u8);
        der[name] = (byte)'M';
        Assert.IsNull(CeremonyRecord.Read(PemEncoding.WriteString("CMS", der), root), "another witness");
        using var stranger = TestAuthority.Init(_folder.At("stranger"));
        Assert.IsNull(CeremonyRecord.Read(File.ReadAllText(_folder.At("stranger", "ceremony-0001.cms")), root), "another root's");
        Assert.IsNull(CeremonyRecord.Read("garbage", root));
        Assert.IsNull(CeremonyRecord.Read(root.ExportCertificatePem(), root));

        File.WriteAllText(_folder.At("ca", "ceremony-0001.cms"), PemEncoding.WriteString("CMS", der));
        Assert.IsTrue(AuthorityInspection.Run(_folder.At("ca"), TestAuthority.Options).Any(finding => finding.StartsWith("ceremony-0001.cms is not a record", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void A_record_that_somebody_deleted_is_missed_and_stops_nobody()
    {
        using var authority = TestAuthority.Init(_folder.At("ca"));
        using var root = TestAuthority.Root(_folder.At("ca"));
        authority.RenewRootCrl(root);
        File.Delete(_folder.At("ca", "ceremony-0001.cms"));
        File.Delete(_folder.At("ca-root", "ceremony-0001.cms"));
        authority.RenewRootCrl(root);
        Assert.IsTrue(File.Exists(_folder.At("ca", "ceremony-0003.cms")));
        Assert.AreEqual(File.ReadAllText(_folder.At("ca", "ceremony-0003.cms")), File.ReadAllText(_folder.At("ca-root", "ceremony-0003.cms")));
        TestAuthority.Open(_folder.At("ca")).Dispose();
        Assert.Contains(finding => finding.StartsWith("no ceremony on record made ", StringComparison.Ordinal), AuthorityInspection.Run(_folder.At("ca"), TestAuthority.Options));
    }

    [TestMethod]
    public void The_root_of_another_authority_is_refused_and_nothing_is_done()
    {
        using var authority = TestAuthority.Init(_folder.At("ca"));
        TestAuthority.Init(_folder.At("stranger")).Dispose();
        using var root = TestAuthority.Root(_folder.At("stranger"));
        AuthorityAssert.Fails("073", () => authority.RotateIssuing(CertificateKind.DevicesIssuing, root));
        AuthorityAssert.Fails("073", () => authority.RevokeIssuing(new CaGeneration(CertificateKind.DevicesIssuing, 1), X509RevocationReason.CACompromise, root));
        AuthorityAssert.Fails("073", () => authority.RenewRootCrl(root));
        Assert.HasCount(4, CertificateAuthority.List(_folder.At("ca")));
    }

    [TestMethod]
    public void An_issuing_CA_that_there_is_not_and_one_that_is_revoked_already_are_refused()
    {
        using var authority = TestAuthority.Init(_folder.At("ca"));
        using var root = TestAuthority.Root(_folder.At("ca"));
        AuthorityAssert.Fails("035", () => authority.RevokeIssuing(new CaGeneration(CertificateKind.DevicesIssuing, 2), X509RevocationReason.CACompromise, root));
        AuthorityAssert.Fails("035", () => authority.RevokeIssuing(new CaGeneration(CertificateKind.AuditSigner, 1), X509RevocationReason.CACompromise, root));
        AuthorityAssert.Fails("032", () => authority.RevokeIssuing(new CaGeneration(CertificateKind.DevicesIssuing, 1), X509RevocationReason.CertificateHold, root));
        authority.RevokeIssuing(new CaGeneration(CertificateKind.DevicesIssuing, 1), X509RevocationReason.CACompromise, root);
        AuthorityAssert.Fails("031", () => authority.RevokeIssuing(new CaGeneration(CertificateKind.DevicesIssuing, 1), X509RevocationReason.CACompromise, root));
    }

    [TestMethod]
    public void A_process_that_was_open_before_a_rotation_issues_from_the_new_CA()
    {
        using var station = TestAuthority.Init(_folder.At("ca"));
        using (var other = TestAuthority.Open(_folder.At("ca")))
        using (var root = TestAuthority.Root(_folder.At("ca")))
        {
            other.RotateIssuing(CertificateKind.DevicesIssuing, root);
        }

        using var device = station.IssueDevice(Guid.NewGuid());
        using var issuer = X509CertificateLoader.LoadCertificateFromFile(_folder.At("ca", "devices-issuing-g2.crt"));
        Assert.IsTrue(device.ChainDer.Span.EndsWith(issuer.RawData));
        Assert.AreEqual(4, station.Crls().Split("BEGIN X509 CRL").Length - 1);
    }

    [TestMethod]
    public void An_audit_signer_whose_issuer_is_revoked_is_replaced()
    {
        using var authority = TestAuthority.Init(_folder.At("ca"));
        using var root = TestAuthority.Root(_folder.At("ca"));
        string Serial()
        {
            using var signer = authority.AuditSigner();
            return signer.Certificate.SerialNumber;
        }

        var first = Serial();
        Assert.AreEqual(first, Serial(), "one for as long as it is good");
        authority.RotateIssuing(CertificateKind.ServicesIssuing, root);
        Assert.AreEqual(first, Serial(), "the old CA still counts");
        authority.RevokeIssuing(new CaGeneration(CertificateKind.ServicesIssuing, 1), X509RevocationReason.CACompromise, root);
        Assert.AreNotEqual(first, Serial());
        Assert.IsEmpty(AuthorityInspection.Run(_folder.At("ca"), TestAuthority.Options));
    }

    [TestMethod]
    [DataRow("devices-issuing-g2.new")]
    [DataRow("devices-issuing-g2")]
    [DataRow("devices-issuing-g2.crt")]
    [DataRow("root-work.new")]
    [DataRow("audit")]
    [DataRow("commit")]
    public void A_disk_that_is_full_at_any_step_of_a_rotation_leaves_the_old_CA_and_no_trace(string full)
    {
        var fail = false;
        using var authority = FailingAt(full, () => fail);
        using var root = TestAuthority.Root(_folder.At("ca"));
        fail = true;
        Assert.ThrowsExactly<IOException>(() => authority.RotateIssuing(CertificateKind.DevicesIssuing, root));
        fail = false;
        using (TestAuthority.Open(_folder.At("ca")))
        {
            Assert.IsEmpty(AuthorityInspection.Run(_folder.At("ca"), TestAuthority.Options));
            Assert.HasCount(4, CertificateAuthority.List(_folder.At("ca")));
        }

        authority.IssueDevice(Guid.NewGuid()).Dispose();
        authority.RotateIssuing(CertificateKind.DevicesIssuing, root);
        Assert.IsTrue(File.Exists(_folder.At("ca", "devices-issuing-g2.crt")));
    }

    [TestMethod]
    [DataRow("root-work.new")]
    [DataRow("audit")]
    [DataRow("commit")]
    public void A_disk_that_is_full_before_a_revocation_counts_leaves_nothing_of_it(string full)
    {
        var fail = false;
        using var authority = FailingAt(full, () => fail);
        using var root = TestAuthority.Root(_folder.At("ca"));
        fail = true;
        Assert.ThrowsExactly<IOException>(() => authority.RevokeIssuing(new CaGeneration(CertificateKind.DevicesIssuing, 1), X509RevocationReason.CACompromise, root));
        fail = false;
        Assert.IsEmpty(AuthorityInspection.Run(_folder.At("ca"), TestAuthority.Options));
        authority.IssueDevice(Guid.NewGuid()).Dispose();
    }

    [TestMethod]
    [DataRow("root.crl")]
    [DataRow("ceremony")]
    [DataRow("root-work.done")]
    [DataRow("ceremony-copy")]
    public void A_disk_that_is_full_after_a_rotation_counts_says_so_and_loses_no_record(string full)
    {
        var fail = false;
        using var authority = FailingAt(full, () => fail);
        using var root = TestAuthority.Root(_folder.At("ca"));
        fail = true;
        AuthorityAssert.Fails("077", () => authority.RotateIssuing(CertificateKind.DevicesIssuing, root));
        Assert.IsTrue(File.Exists(_folder.At("ca", "devices-issuing-g2.crt")), "it counts");
        fail = false;
        authority.RenewRootCrl(root);
        Assert.IsEmpty(AuthorityInspection.Run(_folder.At("ca"), TestAuthority.Options));
        Assert.HasCount(3, authority.Ceremonies);
        Assert.HasCount(3, Directory.GetFiles(_folder.At("ca-root"), "ceremony-*.cms"));
    }

    [TestMethod]
    public void A_root_medium_that_cannot_be_written_to_is_said_before_anything_is_done()
    {
        using var authority = TestAuthority.Init(_folder.At("ca"));
        using var root = TestAuthority.Root(_folder.At("ca"));
        Directory.Move(_folder.At("ca-root"), _folder.At("pulled out"));
        Assert.Throws<IOException>(() => authority.RotateIssuing(CertificateKind.DevicesIssuing, root));
        Assert.HasCount(4, CertificateAuthority.List(_folder.At("ca")));
    }

    [TestMethod]
    public void Of_two_ceremonies_at_a_time_the_list_of_the_later_one_stays()
    {
        using var other = TestAuthority.Init(_folder.At("ca"));
        using var root = TestAuthority.Root(_folder.At("ca"));
        var meanwhile = false;

        // The first counts, and has not written its list yet, when a second one begins and ends.
        using var first = TestAuthority.Open(_folder.At("ca"), TestAuthority.Options with
        {
            BeforeWrite = step =>
            {
                if (step == "committed" && !meanwhile)
                {
                    meanwhile = true;
                    other.RevokeIssuing(new CaGeneration(CertificateKind.DevicesIssuing, 1), X509RevocationReason.CACompromise, root);
                }
            },
        });
        first.RotateIssuing(CertificateKind.DevicesIssuing, root);
        Assert.IsTrue(meanwhile);
        Assert.IsEmpty(AuthorityInspection.Run(_folder.At("ca"), TestAuthority.Options));
        CollectionAssert.AreEqual(new[] { "init", "rotate-issuing", "revoke-issuing" }, first.Ceremonies.Select(one => one.Ceremony).ToArray());
    }

    [TestMethod]
    public void A_root_list_of_an_old_backup_is_found()
    {
        using var authority = TestAuthority.Init(_folder.At("ca"));
        using var root = TestAuthority.Root(_folder.At("ca"));
        var old = File.ReadAllBytes(_folder.At("ca", "root.crl"));
        authority.RenewRootCrl(root);
        File.WriteAllBytes(_folder.At("ca", "root.crl"), old);
        Assert.Contains("root.crl has the number 1, and the ledger's newest is 2", AuthorityInspection.Run(_folder.At("ca"), TestAuthority.Options).Single());
    }

    [TestMethod]
    [DataRow("devices-issuing-g1.key", "is not encrypted")]
    [DataRow("root.key", "the root's key lies in the folder of the daily work")]
    [DataRow("devices-issuing-g7.new", "a command was interrupted")]
    public void An_inspection_names_what_should_not_be_there(string file, string finding)
    {
        TestAuthority.Init(_folder.At("ca")).Dispose();
        File.WriteAllText(_folder.At("ca", file), "-----BEGIN PRIVATE KEY-----\n");
        Assert.IsTrue(AuthorityInspection.Run(_folder.At("ca"), TestAuthority.Options).Any(found => found.Contains(finding, StringComparison.Ordinal)));
    }

    private CertificateAuthority FailingAt(string full, Func<bool> fails) => TestAuthority.Init(TestAuthority.Plan(_folder.At("ca")), TestAuthority.Options with
    {
        BeforeWrite = step =>
        {
            if (fails() && step == full)
            {
                throw new IOException("No space left on device");
            }
        },
    });
}
