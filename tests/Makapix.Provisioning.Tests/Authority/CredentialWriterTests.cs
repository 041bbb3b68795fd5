using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Provisioning.Authority;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Authority;

/// <summary>Credentials on the disk: all files or none.</summary>
[TestClass]
public sealed class CredentialWriterTests
{
    private static readonly TestFolder Folder = new();
    private static CertificateAuthority _authority = null!;
    private static string? _failAt;

    [ClassInitialize]
    public static void Begin(TestContext _) =>
        _authority = TestAuthority.Init(Folder.At("ca"), TestAuthority.Options with { BeforeWrite = at => { if (at == _failAt) { throw new IOException("disk full"); } } });

    [ClassCleanup]
    public static void End()
    {
        _authority.Dispose();
        Folder.Dispose();
    }

    [TestMethod]
    public void A_broker_gets_all_that_mosquitto_reads()
    {
        var files = new CredentialWriter(_authority, Folder.At("b")).Broker(["localhost"]);
        CollectionAssert.AreEquivalent(new[] { "broker.crt", "broker.key", "ca.crt", "crl.pem" }, Names("b"));
        Assert.AreEqual(2, Count(files.Certificate, "BEGIN CERTIFICATE"), "leaf and issuing CA");
        Assert.AreEqual(3, Count(files.Trust, "BEGIN CERTIFICATE"), "root and both issuing CAs");
        Assert.AreEqual(3, Count(files.Crl!, "BEGIN X509 CRL"), "one CRL for each CA");
        Assert.AreEqual(
            OpenSsl.Require("x509", "-in", files.Certificate, "-noout", "-pubkey"),
            OpenSsl.Require("pkey", "-in", files.Key, "-pubout"));
        Assert.Contains("BEGIN PRIVATE KEY", File.ReadAllText(files.Key));
        RequirePrivate(files.Key);
    }

    [TestMethod]
    public void An_operator_and_a_service_trust_the_root_alone()
    {
        var operatorFiles = new CredentialWriter(_authority, Folder.At("o")).Operator("bob");
        var serviceFiles = new CredentialWriter(_authority, Folder.At("s")).Service("backend");
        CollectionAssert.AreEquivalent(new[] { "op.crt", "op.key", "ca.crt" }, Names("o"));
        CollectionAssert.AreEquivalent(new[] { "svc.crt", "svc.key", "ca.crt" }, Names("s"));
        Assert.AreEqual("op_bob", operatorFiles.CommonName);
        Assert.AreEqual("svc_backend", serviceFiles.CommonName);
        Assert.AreEqual(_authority.RootPem, File.ReadAllText(operatorFiles.Trust));
        RequirePrivate(operatorFiles.Key);
        RequirePrivate(serviceFiles.Key);
    }

    [TestMethod]
    [DataRow("broker.crt")]
    [DataRow("broker.key")]
    [DataRow("ca.crt")]
    [DataRow("crl.pem")]
    public void A_file_that_is_there_is_never_overwritten_and_costs_no_certificate(string name)
    {
        var dir = Folder.At("taken-" + name);
        Directory.CreateDirectory(dir);
        File.WriteAllText(Path.Combine(dir, name), "mine");
        var before = CertificateAuthority.List(Folder.At("ca")).Count(c => c.CommonName == "taken.example");
        AuthorityAssert.Fails("040", () => new CredentialWriter(_authority, dir).Broker(["taken.example"]));
        Assert.AreEqual("mine", File.ReadAllText(Path.Combine(dir, name)));
        Assert.HasCount(1, Directory.GetFiles(dir));
        Assert.AreEqual(before, CertificateAuthority.List(Folder.At("ca")).Count(c => c.CommonName == "taken.example"));
    }

    [TestMethod]
    public void A_signed_certificate_that_has_no_folder_to_go_to_is_not_signed()
    {
        // Of its own: from the other one the other tests issue meanwhile.
        using var authority = TestAuthority.Init(Folder.At("alone"));
        var before = CertificateAuthority.List(Folder.At("alone")).Count;
        Assert.ThrowsExactly<DirectoryNotFoundException>(() => new CredentialWriter(authority, Folder.At("no", "such")).Signed("op.crt", _ => throw new InvalidOperationException("it was signed")));
        Assert.HasCount(before, CertificateAuthority.List(Folder.At("alone")));
    }

    [TestMethod]
    public async Task Who_opens_the_authority_meanwhile_takes_no_living_credential_for_a_dead_one()
    {
        using var stop = new CancellationTokenSource();
        var opening = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                using var other = TestAuthority.Open(Folder.At("ca"));
                Assert.IsEmpty(other.Recovered);
            }
        });
        for (var i = 0; i < 40; i++)
        {
            new CredentialWriter(_authority, Folder.At($"meanwhile{i}")).Service($"meanwhile{i}");
        }

        await stop.CancelAsync();
        await opening;
        var issued = CertificateAuthority.List(Folder.At("ca")).Where(c => c.CommonName.StartsWith("svc_meanwhile", StringComparison.Ordinal)).ToList();
        Assert.HasCount(40, issued);
        Assert.IsTrue(issued.All(c => c.RevokedAt is null));
    }

    [TestMethod]
    public void A_name_that_is_refused_leaves_no_folder()
    {
        AuthorityAssert.Fails("010", () => new CredentialWriter(_authority, Folder.At("never")).Broker(["*.example"]));
        Assert.IsFalse(Directory.Exists(Folder.At("never")));
    }

    [TestMethod]
    [DoNotParallelize]
    public void A_disk_that_fills_at_any_file_leaves_none_and_the_certificate_revoked()
    {
        foreach (var step in (string[])["broker.crt", "broker.key", "ca.crt", "crl.pem"])
        {
            _failAt = step;
            Assert.ThrowsExactly<IOException>(() => new CredentialWriter(_authority, Folder.At("full")).Broker(["full.example"]));
            _failAt = null;
            Assert.IsEmpty(Directory.GetFileSystemEntries(Folder.At("full")), step);
        }

        var issued = CertificateAuthority.List(Folder.At("ca")).Where(c => c.CommonName == "full.example").ToList();
        Assert.HasCount(4, issued);
        Assert.IsTrue(issued.All(c => c.RevokedAt is not null));
    }

    private static string[] Names(string folder) => [.. Directory.GetFiles(Folder.At(folder)).Select(path => Path.GetFileName(path)!)];

    private static int Count(string path, string what) => File.ReadAllText(path).Split(what).Length - 1;

    private static void RequirePrivate(string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }
    }
}
