using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Text;
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
    private static readonly LedgerHead Now = Head with { At = DateTimeOffset.UtcNow };

    [TestMethod]
    public void A_head_is_signed_verified_and_written_down()
    {
        using var bench = new LedgerBench(DatabaseKind.Sqlite, TimeProvider.System);
        var head = bench.Append(LedgerBench.Issued("01"));
        var signer = Auditor("audit_spring");
        var signed = SignedHead.Verify(HeadSigning.Sign(bench.Ledger, signer), TestPki.Shared.Root);
        Assert.AreEqual(new SignedHead(bench.Ledger.Id, head, "audit_spring", signer.Certificate.SerialNumber), signed);
        Assert.AreEqual(new HeadSigned(head.Seq, head.Hash, signer.Certificate.SerialNumber), bench.Ask(view => view.Audit(2).Single().Event()));
        bench.RequireWhole(signed);
    }

    [TestMethod]
    public void An_empty_ledger_has_no_head()
    {
        using var bench = new LedgerBench(DatabaseKind.Sqlite);
        LedgerBench.Fails("053", () => HeadSigning.Sign(bench.Ledger, Auditor("audit_spring")));
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
                Assert.AreEqual(new SignedHead(Id, Now, "audit_spring", signer.Certificate.SerialNumber), read, $"byte {i}");
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
        bench.Append(LedgerBench.Issued(signer.Certificate.SerialNumber, "audit_spring"));
        var head = SignedHead.Verify(HeadSigning.Sign(bench.Ledger, signer), TestPki.Shared.Root);
        bench.RequireWhole(head);
        bench.Append(new CertificateRevoked(signer.Certificate.SerialNumber, reason));
        bench.RequireWhole();
        CollectionAssert.AreEqual(trusted ? [] : new[] { $"certificates {signer.Certificate.SerialNumber}" }, bench.Findings(head));
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

    private static TestSigner Auditor(string name) => new(TestPki.Shared.Auditor(name), TestPki.Shared.Services);
}
