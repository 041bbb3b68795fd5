using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Tasks;
using Makapix.Provisioning.Authority;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Authority;

/// <summary>Processes that are killed at a write, at every one in turn: a real process, and SIGKILL.</summary>
[TestClass]
public sealed class KillTests
{
    private static readonly Lazy<TestFolder> LazyFolder = new();

    private static readonly Dictionary<string, Action<string, CertificateAuthority>> Work = new()
    {
        ["issue-broker"] = (dir, authority) => new CredentialWriter(authority, dir + "-out").Broker(["broker.example"]),
        ["rotate-issuing"] = (dir, authority) =>
        {
            using var root = TestAuthority.Root(dir);
            authority.RotateIssuing(CertificateKind.DevicesIssuing, root);
        },
        ["revoke-issuing"] = (dir, authority) =>
        {
            using var root = TestAuthority.Root(dir);
            authority.RevokeIssuing(new CaGeneration(CertificateKind.ServicesIssuing, 1), X509RevocationReason.CACompromise, root);
        },
        ["root-crl"] = (dir, authority) =>
        {
            using var root = TestAuthority.Root(dir);
            authority.RenewRootCrl(root);
        },
        ["audit-signer"] = (_, authority) =>
        {
            authority.RevokeName("audit_ledger", X509RevocationReason.Superseded);
            authority.AuditSigner().Dispose();
        },
    };

    // Not in the process that is killed, which could not take it away again.
    private static TestFolder Folder => LazyFolder.Value;

    [ClassInitialize]
    public static void Begin(TestContext _) => TestAuthority.Init(Folder.At("ca")).Dispose();

    [ClassCleanup]
    public static void End()
    {
        if (LazyFolder.IsValueCreated)
        {
            LazyFolder.Value.Dispose();
        }
    }

    [TestMethod]
    [DataRow("issue-broker")]
    [DataRow("rotate-issuing")]
    [DataRow("revoke-issuing")]
    [DataRow("audit-signer")]
    public async Task Killed_at_any_write_it_leaves_no_serial_twice_and_no_certificate_without_an_owner(string work)
    {
        var writes = Do(work, Fresh(work + "-whole"), int.MaxValue);
        Assert.IsGreaterThan(5, writes);
        for (var step = 1; step <= writes; step++)
        {
            var dir = Fresh($"{work}-{step}");
            await OrderedProcess.KillAsync(nameof(KillTests), work, dir, step.ToString());
            RequireSound(work, dir, step);
        }
    }

    /// <summary>Does some work, and dies at a write. Returns how many there were, if it was none of these.</summary>
    internal static int Do(string work, string dir, int killAt)
    {
        var step = 0;
        using var authority = TestAuthority.Open(dir, TestAuthority.Options with
        {
            BeforeWrite = _ =>
            {
                if (++step == killAt)
                {
                    Process.GetCurrentProcess().Kill();
                }
            },
        });
        Work[work](dir, authority);
        return step;
    }

    private static void RequireSound(string work, string dir, int step)
    {
        // Whoever opens it next settles what is left.
        using (var authority = TestAuthority.Open(dir))
        {
            authority.IssueDevice(Guid.NewGuid()).Dispose();
        }

        RequireWhole(dir, step);
        var certificates = CertificateAuthority.List(dir);
        Assert.AreEqual(certificates.Count, certificates.Select(c => c.Serial).Distinct().Count());
        foreach (var broker in certificates.Where(c => c is { Kind: CertificateKind.Broker, RevokedAt: null }))
        {
            using var written = X509Certificate2.CreateFromPemFile(Path.Combine(dir + "-out", "broker.crt"), Path.Combine(dir + "-out", "broker.key"));
            Assert.AreEqual(broker.Serial, written.SerialNumber, $"write {step}: a certificate that nobody has");
        }

        foreach (var ca in certificates.Where(c => c.Kind is CertificateKind.DevicesIssuing or CertificateKind.AuditSigner && c.RevokedAt is null))
        {
            Assert.IsTrue(Directory.GetFiles(dir, "*.crt").Any(file => X509CertificateLoader.LoadCertificateFromFile(file).SerialNumber == ca.Serial), $"write {step}: {ca.CommonName} has no file");
        }

        // And the work can be done.
        if (Directory.Exists(dir + "-out"))
        {
            Directory.Delete(dir + "-out", recursive: true);
        }

        Do(work switch { "audit-signer" => "issue-broker", "revoke-issuing" => "root-crl", _ => work }, dir, int.MaxValue);
        RequireWhole(dir, step);
        if (work is "rotate-issuing" or "revoke-issuing" or "root-crl")
        {
            CollectionAssert.AreEquivalent(Ceremonies(dir), Ceremonies(dir + "-root"), $"write {step}");
        }
    }

    private static void RequireWhole(string dir, int step)
    {
        var findings = AuthorityInspection.Run(dir, TestAuthority.Options);
        Assert.IsEmpty(findings, $"write {step}: {string.Join("; ", findings)}");
    }

    private static string[] Ceremonies(string dir) => [.. Directory.GetFiles(dir, "ceremony-*.cms").Select(File.ReadAllText)];

    private static string Fresh(string name)
    {
        Folder.CopyOf(Folder.At("ca-root"), name + "-root");
        return Folder.CopyOf(Folder.At("ca"), name);
    }
}
