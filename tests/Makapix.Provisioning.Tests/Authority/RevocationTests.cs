using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography.X509Certificates;
using Makapix.Provisioning.Authority;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Authority;

/// <summary>Revoking, and the lists that say so.</summary>
[TestClass]
public sealed class RevocationTests
{
    private readonly TestFolder _folder = new();
    private readonly FixedClock _clock = new(new DateTimeOffset(2026, 5, 4, 3, 2, 1, TimeSpan.Zero));
    private CertificateAuthority _authority = null!;
    private static readonly TestFolder Shared = new();

    [ClassInitialize]
    public static void BeginClass(TestContext _) =>
        TestAuthority.Init(Shared.At("ca"), TestAuthority.Options with { Clock = new FixedClock(new DateTimeOffset(2026, 5, 4, 3, 2, 1, TimeSpan.Zero)) }).Dispose();

    [ClassCleanup]
    public static void EndClass() => Shared.Dispose();

    [TestInitialize]
    public void Begin() => _authority = TestAuthority.Open(_folder.CopyOf(Shared.At("ca"), "ca"), TestAuthority.Options with { Clock = _clock });

    [TestCleanup]
    public void CleanUp()
    {
        _authority.Dispose();
        _folder.Dispose();
    }

    [TestMethod]
    [DataRow("devices-issuing-g1.key", DisplayName = "a CA key by a mistyped path")]
    [DataRow("ledger.db", DisplayName = "the ledger")]
    [DataRow(".", DisplayName = "a folder")]
    public void What_is_no_list_is_not_replaced_by_one(string name)
    {
        var path = Path.Combine(_folder.At("ca"), name);
        var before = File.Exists(path) ? File.ReadAllBytes(path) : [];
        Assert.AreEqual("MKX-CA-042", Assert.ThrowsExactly<AuthorityException>(() => _authority.PublishCrls(path)).Code);
        Assert.AreSequenceEqual(before, File.Exists(path) ? File.ReadAllBytes(path) : []);
    }

    [TestMethod]
    public void Each_issuer_has_a_list_of_its_own_with_what_it_revoked_and_why()
    {
        var device = Guid.NewGuid();
        _authority.IssueDevice(device).Dispose();
        _authority.IssueOperator("alice").Dispose();
        _authority.IssueService("backend").Dispose();
        _authority.RevokeName(device.ToString(), X509RevocationReason.CessationOfOperation);
        var operatorSerial = _authority.RevokeName("op_alice", X509RevocationReason.KeyCompromise).Single().Serial;
        var serviceSerial = _authority.RevokeName("svc_backend", X509RevocationReason.Unspecified).Single().Serial;

        var lists = Lists();
        Assert.Contains("Makapix Root CA G1", lists[0]);
        Assert.Contains("No Revoked Certificates", lists[0]);
        Assert.Contains("Makapix Devices CA G1", lists[1]);
        Assert.Contains("Cessation Of Operation", lists[1]);
        Assert.Contains("Makapix Services CA G1", lists[2]);
        Assert.Contains(operatorSerial, lists[2]);
        Assert.Contains(serviceSerial, lists[2]);
        Assert.Contains("Key Compromise", lists[2]);
        Assert.DoesNotContain("Unspecified", lists[2]);
        Assert.DoesNotContain(operatorSerial, lists[1]);
    }

    [TestMethod]
    public void Whatever_reason_can_be_given_can_be_published()
    {
        foreach (var name in RevocationReasons.Names.Split(", "))
        {
            Assert.IsTrue(RevocationReasons.TryParse(name, out var reason));
            _authority.IssueOperator(name.ToLowerInvariant()).Dispose();
            var serial = _authority.RevokeName($"op_{name.ToLowerInvariant()}", reason).Single().Serial;
            Assert.Contains(serial, Lists()[2], name);
        }
    }

    [TestMethod]
    public void A_list_has_number_issuer_key_and_thirty_days()
    {
        var lists = Lists();
        foreach (var list in lists)
        {
            Assert.Contains("X509v3 CRL Number: \n                1\n", list);
            Assert.Contains("X509v3 Authority Key Identifier", list);
            Assert.Contains("Last Update: May  4 02:57:01 2026 GMT", list);
        }

        Assert.Contains("Next Update: Jun  8 03:02:01 2027 GMT", lists[0], "the root's, 400 days");
        Assert.IsTrue(lists[1..].All(list => list.Contains("Next Update: Jun  3 03:02:01 2026 GMT")));
        Assert.Contains("X509v3 CRL Number: \n                2\n", Lists()[1]);
        using var again = TestAuthority.Open(_folder.At("ca"), TestAuthority.Options with { Clock = _clock });
        Assert.Contains("X509v3 CRL Number: \n                3\n", Lists(again)[1]);
    }

    [TestMethod]
    public void Publishing_replaces_the_file_and_leaves_no_other()
    {
        Directory.CreateDirectory(_folder.At("www"));
        _authority.PublishCrls(_folder.At("www", "crl.pem"));
        var first = File.ReadAllText(_folder.At("www", "crl.pem"));
        _authority.PublishCrls(_folder.At("www", "crl.pem"));
        Assert.AreNotEqual(first, File.ReadAllText(_folder.At("www", "crl.pem")));
        Assert.HasCount(1, Directory.GetFileSystemEntries(_folder.At("www")));
    }

    [TestMethod]
    public void An_entry_stays_on_one_list_beyond_its_certificates_end_and_then_goes()
    {
        _authority.IssueOperator("alice").Dispose();
        var revoked = _authority.RevokeName("op_alice", X509RevocationReason.Superseded).Single();
        _clock.Now = revoked.NotAfter + CertificateAuthority.CrlLifetime - TimeSpan.FromSeconds(1);
        TestAuthority.AcceptClock(_authority);
        Assert.Contains(revoked.Serial, Lists()[2]);
        _clock.Now += TimeSpan.FromSeconds(1);
        Assert.DoesNotContain(revoked.Serial, Lists()[2]);
    }

    [TestMethod]
    public void By_serial_as_openssl_prints_it()
    {
        using var service = _authority.IssueService("backend");
        var colons = string.Join(':', service.Serial.Chunk(2).Select(pair => new string(pair))).ToLowerInvariant();
        Assert.AreEqual("svc_backend", _authority.Revoke(colons, X509RevocationReason.Superseded).CommonName);
    }

    [TestMethod]
    public void By_name_every_valid_certificate_goes()
    {
        _authority.IssueOperator("alice").Dispose();
        _authority.IssueOperator("alice").Dispose();
        Assert.HasCount(2, _authority.RevokeName("op_alice", X509RevocationReason.PrivilegeWithdrawn));
        AuthorityAssert.Fails("031", () => _authority.RevokeName("op_alice", X509RevocationReason.PrivilegeWithdrawn));
    }

    [TestMethod]
    public void What_cannot_be_revoked_is_refused_in_words()
    {
        var certificates = CertificateAuthority.List(_folder.At("ca"));
        var root = certificates.Single(c => c.Kind == CertificateKind.Root);
        using var service = _authority.IssueService("backend");
        AuthorityAssert.Fails("030", () => _authority.Revoke("", X509RevocationReason.Superseded));
        AuthorityAssert.Fails("030", () => _authority.Revoke("00", X509RevocationReason.Superseded));
        AuthorityAssert.Fails("030", () => _authority.RevokeName("op_nobody", X509RevocationReason.Superseded));
        AuthorityAssert.Fails("033", () => _authority.Revoke(root.Serial, X509RevocationReason.Superseded));
        AuthorityAssert.Fails("033", () => _authority.RevokeName(root.CommonName, X509RevocationReason.Superseded));
        AuthorityAssert.Fails("032", () => _authority.Revoke(service.Serial, X509RevocationReason.CertificateHold));
        AuthorityAssert.Fails("032", () => _authority.Revoke(service.Serial, X509RevocationReason.RemoveFromCrl));
        AuthorityAssert.Fails("032", () => _authority.Revoke(service.Serial, (X509RevocationReason)99));
        _authority.Revoke(service.Serial, X509RevocationReason.Superseded);
        AuthorityAssert.Fails("031", () => _authority.Revoke(service.Serial, X509RevocationReason.KeyCompromise));
    }

    [TestMethod]
    public void A_revoked_issuing_CA_is_on_the_roots_list_and_issues_no_more()
    {
        AuthorityAssert.Fails("034", () => _authority.RevokeName("Makapix Devices CA G1", X509RevocationReason.CACompromise));
        using var root = TestAuthority.Root(Shared.At("ca"));
        var issuing = _authority.RevokeIssuing(new CaGeneration(CertificateKind.DevicesIssuing, 1), X509RevocationReason.CACompromise, root);
        var lists = Lists(expected: 2);
        Assert.Contains(issuing.Serial, lists[0]);
        Assert.Contains("Makapix Services CA G1", lists[1]);
        Assert.DoesNotContain(Der(_folder.At("ca", "devices-issuing-g1.crt")), _authority.BrokerTrustPem);
        AuthorityAssert.Fails("014", () => _authority.IssueDevice(Guid.NewGuid()).Dispose());
        _authority.IssueService("backend").Dispose();
        _authority.RotateIssuing(CertificateKind.DevicesIssuing, root);
        _authority.IssueDevice(Guid.NewGuid()).Dispose();
        Assert.IsEmpty(AuthorityInspection.Run(_folder.At("ca"), TestAuthority.Options with { Clock = _clock }));
    }

    private static string Der(string path) => File.ReadAllText(path).Trim();

    private string[] Lists(CertificateAuthority? authority = null, int expected = 3)
    {
        var pems = (authority ?? _authority).Crls().Split("-----END X509 CRL-----\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.HasCount(expected, pems);
        return [.. pems.Select((pem, i) => OpenSsl.Require("crl", "-in", _folder.Write($"{i}.pem", pem + "-----END X509 CRL-----\n"), "-noout", "-text"))];
    }
}
