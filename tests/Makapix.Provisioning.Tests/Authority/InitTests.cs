using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using Makapix.Provisioning.Authority;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Authority;

/// <summary>A whole authority, or none.</summary>
[TestClass]
public sealed class InitTests
{
    private readonly TestFolder _folder = new();

    [TestCleanup]
    public void CleanUp() => _folder.Dispose();

    [TestMethod]
    public void Power_cut_at_any_step_leaves_nothing()
    {
        var steps = new List<string>();
        var target = _folder.At("ca");
        Directory.CreateDirectory(target);
        using (TestAuthority.Init(target, TestAuthority.Options with { BeforeWrite = steps.Add }))
        {
            Assert.IsTrue(steps.Contains("root") && steps.Contains("device-secret") && steps[^1] == "rename", string.Join(' ', steps));
        }

        foreach (var step in steps.Distinct())
        {
            var options = TestAuthority.Options with { BeforeWrite = at => Cut(at == step) };
            Assert.ThrowsExactly<IOException>(() => TestAuthority.Init(_folder.At("cut"), options));
            CollectionAssert.AreEqual(new[] { target }, Directory.GetFileSystemEntries(_folder.Path), $"left behind at {step}");
        }
    }

    [TestMethod]
    public void Cancelled_it_leaves_nothing()
    {
        using var cancel = new CancellationTokenSource();
        var options = TestAuthority.Options with { BeforeWrite = step => { if (step == "root") { cancel.Cancel(); } } };
        Assert.ThrowsExactly<OperationCanceledException>(() => CertificateAuthority.Init(_folder.At("ca"), TestAuthority.Passphrase, options: options, cancel: cancel.Token));
        Assert.IsEmpty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [TestMethod]
    public void A_folder_with_anything_in_it_is_left_alone()
    {
        Directory.CreateDirectory(_folder.At("full"));
        File.WriteAllText(_folder.At("full", ".hidden"), "mine");
        AuthorityAssert.Fails("001", () => TestAuthority.Init(_folder.At("full")));
        AuthorityAssert.Fails("001", () => TestAuthority.Init(_folder.At("full", ".hidden")));
        Assert.AreEqual("mine", File.ReadAllText(_folder.At("full", ".hidden")));
        Assert.HasCount(1, Directory.GetFileSystemEntries(_folder.Path));
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("1234567")]
    public void A_short_passphrase_is_refused(string passphrase) => AuthorityAssert.Fails("002", () => CertificateAuthority.Init(_folder.At("ca"), passphrase));

    [TestMethod]
    [DataRow("", DisplayName = "empty")]
    [DataRow(" Acme", DisplayName = "blank before")]
    [DataRow("Acme\nCN=op_admin", DisplayName = "line injection")]
    [DataRow("Acme\0", DisplayName = "NUL")]
    [DataRow("Acme \u202Eemca", DisplayName = "text direction override")]
    [DataRow("12345678901234567890123456789012345678901", DisplayName = "too long")]
    public void An_organization_that_cannot_stand_in_a_name_is_refused(string organization) =>
        AuthorityAssert.Fails("003", () => CertificateAuthority.Init(_folder.At("ca"), TestAuthority.Passphrase, organization, TestAuthority.Options));

    [TestMethod]
    public void An_organization_with_every_special_character_of_a_name_stays_one_organization()
    {
        const string Organization = "A,B+C=\"D E\" <F>;#G, CN=op_x é";
        using var authority = CertificateAuthority.Init(_folder.At("ca"), TestAuthority.Passphrase, Organization, TestAuthority.Options);
        var subject = OpenSsl.Require("x509", "-in", _folder.At("ca", "root.crt"), "-noout", "-subject", "-nameopt", "multiline,utf8,-esc_msb");
        Assert.Contains($"organizationName          = {Organization}\n", subject);
        Assert.Contains($"commonName                = {Organization} Root CA G1\n", subject);
    }

    private static void Cut(bool now)
    {
        if (now)
        {
            throw new IOException("power cut");
        }
    }
}
