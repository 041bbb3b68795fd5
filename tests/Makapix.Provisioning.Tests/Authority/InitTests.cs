using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using Makapix.Provisioning.Authority;
using Makapix.Provisioning.Authority.Ceremonies;
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
        Directory.CreateDirectory(target + "-root");
        using (TestAuthority.Init(target, TestAuthority.Options with { BeforeWrite = steps.Add }))
        {
            Assert.IsTrue(steps.Contains("root") && steps.Contains("device-secret") && steps.Contains("rename"), string.Join(' ', steps));
        }

        foreach (var step in steps.Take(steps.IndexOf("rename") + 1).Distinct())
        {
            var options = TestAuthority.Options with { BeforeWrite = at => Cut(at == step) };
            Assert.ThrowsExactly<IOException>(() => TestAuthority.Init(_folder.At("cut"), options));
            CollectionAssert.AreEquivalent(new[] { target, target + "-root" }, Directory.GetFileSystemEntries(_folder.Path), $"left behind at {step}");
        }
    }

    [TestMethod]
    public void Cancelled_it_leaves_nothing()
    {
        using var cancel = new CancellationTokenSource();
        var options = TestAuthority.Options with { BeforeWrite = step => { if (step == "root") { cancel.Cancel(); } } };
        Assert.ThrowsExactly<OperationCanceledException>(() => CertificateAuthority.Init(TestAuthority.Plan(_folder.At("ca")), TestAuthority.Passphrase, TestAuthority.RootPassphrase, options, cancel.Token));
        Assert.IsEmpty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [TestMethod]
    public void A_folder_with_anything_in_it_is_left_alone()
    {
        Directory.CreateDirectory(_folder.At("full"));
        File.WriteAllText(_folder.At("full", ".hidden"), "mine");
        AuthorityAssert.Fails("001", () => TestAuthority.Init(_folder.At("full")));
        AuthorityAssert.Fails("001", () => TestAuthority.Init(_folder.At("full", ".hidden")));
        AuthorityAssert.Fails("001", () => TestAuthority.Init(new CeremonyPlan(_folder.At("empty"), _folder.At("full"))));
        Assert.AreEqual("mine", File.ReadAllText(_folder.At("full", ".hidden")));
        Assert.HasCount(1, Directory.GetFileSystemEntries(_folder.Path));
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("1234567")]
    public void A_short_passphrase_is_refused(string passphrase)
    {
        AuthorityAssert.Fails("002", () => CertificateAuthority.Init(TestAuthority.Plan(_folder.At("ca")), passphrase, TestAuthority.RootPassphrase));
        AuthorityAssert.Fails("002", () => CertificateAuthority.Init(TestAuthority.Plan(_folder.At("ca")), TestAuthority.Passphrase, passphrase));
    }

    [TestMethod]
    public void One_passphrase_for_both_is_refused() =>
        AuthorityAssert.Fails("072", () => CertificateAuthority.Init(TestAuthority.Plan(_folder.At("ca")), TestAuthority.Passphrase, TestAuthority.Passphrase));

    [TestMethod]
    [DataRow("ca", "ca", DisplayName = "the same folder")]
    [DataRow("ca", "ca/root", DisplayName = "the root in the authority")]
    [DataRow("root/ca", "root", DisplayName = "the authority in the root")]
    [DataRow("ca", "x/../ca/root", DisplayName = "in it by a detour")]
    public void Folders_that_lie_in_one_another_are_refused(string folder, string root)
    {
        AuthorityAssert.Fails("070", () => TestAuthority.Init(new CeremonyPlan(_folder.At(folder), _folder.At(root))));
        Assert.IsEmpty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [TestMethod]
    [DataRow("", DisplayName = "empty")]
    [DataRow(" Acme", DisplayName = "blank before")]
    [DataRow("Acme\nCN=op_admin", DisplayName = "line injection")]
    [DataRow("Acme\0", DisplayName = "NUL")]
    [DataRow("Acme \u202Eemca", DisplayName = "text direction override")]
    [DataRow("12345678901234567890123456789012345678901", DisplayName = "too long")]
    public void An_organization_that_cannot_stand_in_a_name_is_refused(string organization) =>
        AuthorityAssert.Fails("003", () => TestAuthority.Init(TestAuthority.Plan(_folder.At("ca")) with { Organization = organization }));

    [TestMethod]
    public void An_organization_with_every_special_character_of_a_name_stays_one_organization()
    {
        const string Organization = "A,B+C=\"D E\" <F>;#G, CN=op_x é";
        using var authority = TestAuthority.Init(TestAuthority.Plan(_folder.At("ca")) with { Organization = Organization });
        var subject = OpenSsl.Require("x509", "-in", _folder.At("ca", "root.crt"), "-noout", "-subject", "-nameopt", "multiline,utf8,-esc_msb");
        Assert.Contains($"organizationName          = {Organization}\n", subject);
        Assert.Contains($"commonName                = {Organization} Root CA G1\n", subject);
    }

    [TestMethod]
    [DataRow("ca", "ca/root", DisplayName = "the root in the daily folder")]
    [DataRow("ca", "link/root", DisplayName = "by a link to the daily folder")]
    [DataRow("link", "ca", DisplayName = "one folder by two names")]
    [DataRow("link/deep", "ca/deep", DisplayName = "one folder by a link further up")]
    [DataRow("second", "ca/root", DisplayName = "by a link to a link")]
    public void A_root_that_really_lies_in_the_daily_folder_is_refused(string daily, string root)
    {
        Directory.CreateDirectory(_folder.At("ca"));
        Directory.CreateSymbolicLink(_folder.At("link"), _folder.At("ca"));
        Directory.CreateSymbolicLink(_folder.At("second"), "link");
        AuthorityAssert.Fails("070", () => TestAuthority.Init(new CeremonyPlan(_folder.At(daily), _folder.At(root))));
        Assert.IsEmpty(Directory.GetFileSystemEntries(_folder.At("ca")));
    }

    [TestMethod]
    public void A_root_goes_to_where_a_link_leads_and_not_to_where_the_link_is()
    {
        Directory.CreateDirectory(_folder.At("medium"));
        Directory.CreateSymbolicLink(_folder.At("link"), _folder.At("medium"));
        TestAuthority.Init(new CeremonyPlan(_folder.At("ca"), _folder.At("link"))).Dispose();
        Assert.IsTrue(File.Exists(_folder.At("medium", "root.key")));
        Assert.AreEqual(_folder.At("medium"), new FileInfo(_folder.At("link")).LinkTarget, "the link is still one");
    }

    [TestMethod]
    public void Links_in_a_circle_are_refused()
    {
        Directory.CreateSymbolicLink(_folder.At("a"), _folder.At("b"));
        Directory.CreateSymbolicLink(_folder.At("b"), _folder.At("a"));
        Assert.ThrowsExactly<IOException>(() => new CeremonyPlan(_folder.At("ca"), _folder.At("a", "root")));
    }

    private static void Cut(bool now)
    {
        if (now)
        {
            throw new IOException("power cut");
        }
    }
}
