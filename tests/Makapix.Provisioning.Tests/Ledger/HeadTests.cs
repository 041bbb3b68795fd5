using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Makapix.Provisioning.Authority;
using Makapix.Provisioning.Ledger;
using Makapix.Provisioning.Ledger.Events;
using Makapix.Provisioning.Ledger.Heads;
using Makapix.Provisioning.Tests.Authority;
using Makapix.Testing;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Ledger;

/// <summary>Signed heads: who may sign one, and what of it cannot be changed.</summary>
[TestClass]
public sealed class HeadTests
{
    private static readonly LedgerHead Head = new(7, new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), new string('a', 64));
    private static readonly Guid Id = Guid.Parse("6b1a6a52-7c1e-4a53-9a0b-0a2f3b1c4d5e");
    private static readonly TestSigner Spring = Auditor("audit_spring");
    private static readonly LedgerHead Now = Head with { At = DateTimeOffset.UtcNow };

    [TestMethod]
    public void A_head_is_signed_verified_and_written_down()
    {
        using var bench = new LedgerBench(DatabaseKind.Sqlite, TimeProvider.System);
        var signer = Auditor("audit_spring");
        var head = bench.Append(LedgerBench.Issued(signer.Certificate));
        var signed = SignedHead.Verify(Sign(bench.Ledger, signer), TestPki.Shared.Root);
        Assert.AreEqual(Expected(bench.Ledger.Id, head, signer), signed);
        Assert.AreEqual(new HeadSigned(head.Seq, head.Hash, signer.Certificate.SerialNumber), bench.Ask(view => view.Audit(2).Single().Event()));
        bench.RequireWhole(signed);
    }

    [TestMethod]
    public void An_empty_ledger_has_no_head()
    {
        using var bench = new LedgerBench(DatabaseKind.Sqlite);
        LedgerBench.Fails("053", () => Sign(bench.Ledger, Auditor("audit_spring")));
    }

    [TestMethod]
    public void Openssl_reads_a_head_and_says_the_same()
    {
        using var folder = new TestFolder();
        var head = folder.Write("head.pem", SignedHead.Sign(Id, Now, Auditor("audit_spring")));
        var root = folder.Write("root.pem", TestPki.Shared.Root.ExportCertificatePem());
        OpenSsl.Require("cms", "-verify", "-in", head, "-inform", "PEM", "-CAfile", root, "-purpose", "any", "-out", folder.At("statement.json"));
        var statement = File.ReadAllText(folder.At("statement.json"));
        Assert.Contains($"\"ledgerId\":\"{Id}\",\"seq\":7,\"hash\":\"{Now.Hash}\"", statement);
    }

    public static IEnumerable<object[]> Strangers =>
    [
        ["a root of another authority", new TestPki("Other").Auditor("audit_spring"), new TestPki("Other").Services],
        ["an operator's certificate", TestPki.Shared.Operator("op_mallory"), TestPki.Shared.Services],
        ["an audit name for TLS clients", TestPki.Shared.Auditor("audit_mallory", TestPki.ClientAuth), TestPki.Shared.Services],
        ["an audit name for nothing in particular", TestPki.Shared.Auditor("audit_mallory", null), TestPki.Shared.Services],
        ["a document signer of another name", TestPki.Shared.Auditor("svc_mallory"), TestPki.Shared.Services],
        ["an audit name for TLS clients too", TestPki.Shared.Auditor("audit_mallory", $"{TestPki.DocumentSigning} {TestPki.ClientAuth}"), TestPki.Shared.Services],
        ["an audit name for anything", TestPki.Shared.Auditor("audit_mallory", TestPki.AnyUsage), TestPki.Shared.Services],
        ["an audit name from the CA of the station", TestPki.Shared.Auditor("audit_mallory", issuer: TestPki.Shared.Devices), TestPki.Shared.Devices],
        ["an audit name from the root", TestPki.Shared.Auditor("audit_mallory", issuer: TestPki.Shared.Root), TestPki.Shared.Root],
        ["an audit name that has ended", TestPki.Shared.Auditor("audit_mallory", life: TestPki.Expired), TestPki.Shared.Services],
        ["the issuing CA itself", TestPki.Shared.Services, TestPki.Shared.Services],
    ];

    [TestMethod]
    [DynamicData(nameof(Strangers))]
    public void A_head_that_no_audit_leaf_signed_is_refused(string who, X509Certificate2 certificate, X509Certificate2 issuer)
    {
        var pem = SignedHead.Sign(Id, Now, new TestSigner(certificate, issuer));
        Assert.Contains("none of this authority's audit certificates", LedgerBench.Fails("052", () => SignedHead.Verify(pem, TestPki.Shared.Root)).Cause, who);
    }

    [TestMethod]
    public void An_organization_called_like_the_services_CA_makes_none_of_its_devices_CA()
    {
        var pki = new TestPki("Mallory Services CA G1");
        var pem = SignedHead.Sign(Id, Now, new TestSigner(pki.Auditor("audit_mallory", issuer: pki.Devices), pki.Devices));
        LedgerBench.Fails("052", () => SignedHead.Verify(pem, pki.Root));
    }

    [TestMethod]
    public void A_head_dated_when_its_signer_was_not_yet_there_is_refused() =>
        LedgerBench.Fails("052", () => SignedHead.Verify(SignedHead.Sign(Id, Now with { At = DateTimeOffset.UtcNow.AddDays(-100) }, Auditor("audit_spring")), TestPki.Shared.Root));

    [TestMethod]
    public void A_byte_changed_anywhere_is_refused()
    {
        var signer = Auditor("audit_spring");
        var pem = SignedHead.Sign(Id, Now, signer);
        var der = Convert.FromBase64String(pem[PemEncoding.Find(pem).Base64Data]);
        for (var i = 0; i < der.Length; i += 5)
        {
            var changed = der.ToArray();
            changed[i] ^= 1;
            try
            {
                // Parts of the envelope that are not signed may change; what it says and who says it may not.
                var read = SignedHead.Verify(PemEncoding.WriteString(SignedHead.PemLabel, changed), TestPki.Shared.Root);
                Assert.AreEqual(Expected(Id, Now, signer), read, $"byte {i}");
            }
            catch (LedgerException e)
            {
                Assert.IsTrue(e.Code is "MKX-LEDGER-050" or "MKX-LEDGER-051" or "MKX-LEDGER-052", $"byte {i}: {e.Code}");
            }
        }
    }

    [TestMethod]
    [DataRow("1.3.14.3.2.26", DisplayName = "SHA-1")]
    [DataRow("2.16.840.1.101.3.4.2.3", DisplayName = "SHA-512")]
    public void A_head_over_another_digest_is_refused(string digest)
    {
        var cms = new SignedCms(new ContentInfo(Statement));
        var by = new CmsSigner(Auditor("audit_spring").Certificate) { DigestAlgorithm = new Oid(digest), IncludeOption = X509IncludeOption.EndCertOnly };
        by.Certificates.Add(TestPki.Shared.Services);
        cms.ComputeSignature(by, silent: true);
        LedgerBench.Fails("059", () => SignedHead.Verify(PemEncoding.WriteString(SignedHead.PemLabel, cms.Encode()), TestPki.Shared.Root));
    }

    [TestMethod]
    [DataRow(X509RevocationReason.KeyCompromise, false)]
    [DataRow(X509RevocationReason.Unspecified, false)]
    [DataRow(X509RevocationReason.CACompromise, false)]
    [DataRow(X509RevocationReason.Superseded, true)]
    [DataRow(X509RevocationReason.CessationOfOperation, true)]
    public void A_head_whose_signers_key_somebody_else_may_have_proves_nothing(X509RevocationReason reason, bool trusted)
    {
        using var bench = new LedgerBench(DatabaseKind.Sqlite, TimeProvider.System);
        var signer = Auditor("audit_spring");
        bench.Append(LedgerBench.Issued(signer.Certificate));
        var head = SignedHead.Verify(Sign(bench.Ledger, signer), TestPki.Shared.Root);
        bench.RequireWhole(head);
        bench.Append(new CertificateRevoked(signer.Certificate.SerialNumber, reason));
        bench.RequireWhole();
        CollectionAssert.AreEqual(trusted ? [] : new[] { $"certificates {signer.Certificate.SerialNumber}" }, bench.Findings(head));
    }

    public static IEnumerable<object[]> Unknown =>
    [
        ["none at all", LedgerBench.Issued("01")],
        ["its serial number, of another certificate", LedgerBench.Issued(Spring.Certificate) with { Sha256 = new string('B', 64) }],
        ["an operator's", LedgerBench.Issued(Spring.Certificate, CertificateKind.Operator)],
    ];

    [TestMethod]
    [DynamicData(nameof(Unknown))]
    public void A_head_of_a_signer_whom_the_ledger_does_not_know_is_found(string what, CertificateIssued recorded)
    {
        using var bench = new LedgerBench(DatabaseKind.Sqlite, TimeProvider.System);
        bench.Append(recorded);
        var head = SignedHead.Verify(Sign(bench.Ledger, Spring), TestPki.Shared.Root);
        CollectionAssert.AreEqual(new[] { $"certificates {head.SignerSerial}" }, bench.Findings(head), what);
    }

    [TestMethod]
    [DataRow(true, DisplayName = "the signer")]
    [DataRow(false, DisplayName = "its issuer")]
    public void A_head_of_a_signer_who_was_revoked_before_is_found(bool signer)
    {
        using var bench = new LedgerBench(DatabaseKind.Sqlite, TimeProvider.System);
        var ca = TestPki.Shared.Services;
        bench.Append(LedgerBench.Issued(ca, CertificateKind.ServicesIssuing), LedgerBench.Issued(Spring.Certificate, issuer: ca.SerialNumber));
        var before = SignedHead.Verify(Sign(bench.Ledger, Spring), TestPki.Shared.Root);
        var revoked = bench.Append(new CertificateRevoked(signer ? Spring.Certificate.SerialNumber : ca.SerialNumber, X509RevocationReason.Superseded));
        bench.RequireWhole(before);
        var after = SignedHead.Verify(SignedHead.Sign(bench.Ledger.Id, revoked, Spring), TestPki.Shared.Root);
        CollectionAssert.AreEqual(new[] { $"certificates {Spring.Certificate.SerialNumber}" }, bench.Findings(after));
    }

    [TestMethod]
    public void A_signer_who_was_revoked_meanwhile_signs_nothing()
    {
        using var bench = new LedgerBench(DatabaseKind.Sqlite, TimeProvider.System);
        bench.Append(LedgerBench.Issued(Spring.Certificate));
        var newest = bench.Append(new CertificateRevoked(Spring.Certificate.SerialNumber, X509RevocationReason.Superseded));
        LedgerBench.Fails("060", () => Sign(bench.Ledger, Spring));
        Assert.AreEqual(newest, bench.Ask(view => view.Head));
    }

    public static IEnumerable<object[]> NoHeads =>
    [
        ["", "050"],
        ["garbage", "050"],
        ["-----BEGIN CMS-----\nAAAA\n-----END CMS-----\n", "050"],
        [TestPki.Shared.Root.ExportCertificatePem(), "050"],
        [Cms("{}"u8.ToArray()), "050"],
        [Cms("""{"ledgerId":"6b1a6a52-7c1e-4a53-9a0b-0a2f3b1c4d5e","seq":7,"seq":8,"hash":"a","at":"2026-01-01T00:00:00+00:00"}"""u8.ToArray()), "050"],
        [Cms(Statement, signers: 0), "051"],
        [Cms(Statement, signers: 2), "051"],
        [Cms(Statement, detached: true), "050"],
    ];

    private static byte[] Statement => Encoding.UTF8.GetBytes($$"""{"ledgerId":"{{Id}}","seq":7,"hash":"a","at":"{{DateTimeOffset.UtcNow:O}}"}""");

    [TestMethod]
    [DynamicData(nameof(NoHeads))]
    public void What_is_no_head_is_refused(string pem, string code) => LedgerBench.Fails(code, () => SignedHead.Verify(pem, TestPki.Shared.Root));

    private static string Cms(byte[] content, int signers = 1, bool detached = false)
    {
        var cms = new SignedCms(new ContentInfo(content), detached);
        for (var i = 0; i < signers; i++)
        {
            cms.ComputeSignature(new CmsSigner(Auditor($"audit_{i}").Certificate), silent: true);
        }

        if (signers == 0)
        {
            cms.ComputeSignature(new CmsSigner(Auditor("audit_0").Certificate), silent: true);
            cms.RemoveSignature(0);
        }

        return PemEncoding.WriteString(SignedHead.PemLabel, cms.Encode());
    }

    private static SignedHead Expected(Guid ledger, LedgerHead head, TestSigner signer) =>
        new(ledger, head, "audit_spring", signer.Certificate.SerialNumber, signer.Certificate.GetCertHashString(HashAlgorithmName.SHA256));

    private static TestSigner Auditor(string name) => new(TestPki.Shared.Auditor(name), TestPki.Shared.Services);

    private static string Sign(DeviceLedger ledger, IHeadSigner signer)
    {
        var kept = "";
        HeadSigning.Sign(ledger, signer, pem => kept = pem, () => kept = "");
        return kept;
    }
}
