using System;
using System.IO;
using Makapix.Provisioning.Authority;
using Makapix.Provisioning.Authority.Keys;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Net.Pkcs11Interop.Common;

namespace Makapix.Provisioning.Tests.Authority;

/// <summary>CA keys on PKCS#11 tokens, with SoftHSM as the token.</summary>
[TestClass]
public sealed class TokenTests
{
    private const string Pin = TestAuthority.Passphrase;
    private const string RootPin = TestAuthority.RootPassphrase;

    private readonly TestFolder _folder = new();

    [TestCleanup]
    public void CleanUp() => _folder.Dispose();

    [TestMethod]
    [DataRow("EC:prime256v1")]
    [DataRow("EC:secp384r1")]
    [DataRow("rsa:3072")]
    public void A_whole_authority_works_from_tokens(string rootType)
    {
        var (rootToken, token) = (SoftHsm.Token(RootPin), SoftHsm.Token(Pin));
        var plan = TestAuthority.Plan(_folder.At("ca")) with
        {
            Root = OnToken(SoftHsm.Key(rootToken, RootPin, "root", rootType)),
            DevicesIssuing = OnToken(SoftHsm.Key(token, Pin, "devices")),
        };
        using (var authority = TestAuthority.Init(plan))
        using (var root = TestAuthority.Root(_folder.At("ca")))
        {
            SoftHsm.Key(token, Pin, "devices2");
            authority.RotateIssuing(CertificateKind.DevicesIssuing, root, SoftHsm.Uri(token, "devices2"));
        }

        Assert.IsFalse(File.Exists(_folder.At("ca-root", "root.key")) || File.Exists(_folder.At("ca", "devices-issuing-g1.key")));
        Assert.DoesNotContain(Pin, File.ReadAllText(_folder.At("ca", "devices-issuing-g1.p11")));
        Assert.IsEmpty(AuthorityInspection.Run(_folder.At("ca"), TestAuthority.Options));

        using var again = TestAuthority.Open(_folder.At("ca"));
        using var device = again.IssueDevice(Guid.NewGuid());
        _folder.Write("device.pem", TestCertificates.ToPem(device.ChainDer));
        _folder.Write("trust.pem", again.BrokerTrustPem);
        again.PublishCrls(_folder.At("crl.pem"));
        OpenSsl.Require("verify", "-x509_strict", "-purpose", "sslclient", "-crl_check_all", "-CRLfile", _folder.At("crl.pem"), "-CAfile", _folder.At("trust.pem"), "-untrusted", _folder.At("device.pem"), _folder.At("device.pem"));
        OpenSsl.Require("cms", "-verify", "-inform", "PEM", "-in", _folder.At("ca-root", "ceremony-0002.cms"), "-CAfile", _folder.At("ca", "root.crt"), "-purpose", "any", "-out", _folder.At("record.json"));
        Assert.Contains("rotate-issuing", File.ReadAllText(_folder.At("record.json")));
    }

    [TestMethod]
    public void A_token_that_is_not_there_is_named_and_nothing_is_made()
    {
        AuthorityAssert.Fails("062", () => InitWith(SoftHsm.Uri("nowhere", "devices")));
        AuthorityAssert.Fails("068", () => InitWith("pkcs11:token=ca;object=devices?module-path=/usr/lib/no-such-module.so"));
        Assert.IsEmpty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [TestMethod]
    public void A_key_that_is_not_there_or_of_the_wrong_kind_is_named()
    {
        var token = SoftHsm.Token(Pin);
        SoftHsm.Key(token, Pin, "big", "EC:secp521r1");
        AuthorityAssert.Fails("065", () => InitWith(SoftHsm.Uri(token, "missing")));
        AuthorityAssert.Fails("066", () => InitWith(SoftHsm.Uri(token, "big")));
        SoftHsm.Key(token, Pin, "p384", "EC:secp384r1");
        AuthorityAssert.Fails("019", () => InitWith(SoftHsm.Uri(token, "p384")));
        SoftHsm.Key(token, Pin, "twice");
        SoftHsm.Key(token, Pin, "twice");
        AuthorityAssert.Fails("065", () => InitWith(SoftHsm.Uri(token, "twice")));
        Assert.IsEmpty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [TestMethod]
    public void A_wrong_PIN_is_tried_once_and_told_from_a_damaged_key()
    {
        var token = SoftHsm.Token(SoftHsm.OtherPin);
        var uri = SoftHsm.Key(token, SoftHsm.OtherPin, "devices");
        var failure = AuthorityAssert.Fails("063", () => InitWith(uri));
        Assert.DoesNotContain(Pin, failure.ToString());
        Assert.IsEmpty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [TestMethod]
    public void A_key_that_was_taken_off_its_token_stops_the_issuing_and_nothing_else()
    {
        var token = SoftHsm.Token(Pin);
        using (InitWith(SoftHsm.Key(token, Pin, "devices")))
        {
        }

        Assert.AreEqual(0, SoftHsm.Run("pkcs11-tool", "--module", SoftHsm.Module, "--token-label", token, "--login", "--pin", Pin, "--delete-object", "--type", "privkey", "--label", "devices").ExitCode);
        using var authority = TestAuthority.Open(_folder.At("ca"));
        AuthorityAssert.Fails("065", () => authority.IssueDevice(Guid.NewGuid()).Dispose());
        authority.IssueService("backend").Dispose();
    }

    [TestMethod]
    public void Another_key_in_the_place_of_a_CAs_signs_nothing()
    {
        var token = SoftHsm.Token(Pin);
        using (InitWith(SoftHsm.Key(token, Pin, "devices")))
        {
        }

        SoftHsm.Key(token, Pin, "other");
        File.WriteAllText(_folder.At("ca", "devices-issuing-g1.p11"), SoftHsm.Uri(token, "other") + "\n");
        using var authority = TestAuthority.Open(_folder.At("ca"));
        AuthorityAssert.Fails("007", () => authority.IssueDevice(Guid.NewGuid()).Dispose());
    }

    [TestMethod]
    public void A_token_that_forgot_its_sessions_signs_on_in_a_new_one()
    {
        var token = SoftHsm.Token(Pin);
        var uri = TokenUri.Parse(SoftHsm.Key(token, Pin, "devices"));
        using var authority = InitWith(uri.ToString());
        authority.IssueDevice(Guid.NewGuid()).Dispose();
        TokenModule.SlotOf(uri).CloseAllSessions();
        authority.IssueDevice(Guid.NewGuid()).Dispose();

        using (var session = TokenModule.SlotOf(uri).OpenSession(SessionType.ReadOnly))
        {
            session.Logout();
        }

        authority.IssueDevice(Guid.NewGuid()).Dispose();
        Assert.IsEmpty(AuthorityInspection.Run(_folder.At("ca"), TestAuthority.Options));

        // Whoever is done with a token that is gone must not fail for it.
        TokenModule.SlotOf(uri).CloseAllSessions();
    }

    [TestMethod]
    public void Another_key_under_the_name_of_the_one_that_was_open_signs_nothing()
    {
        var token = SoftHsm.Token(Pin);
        var uri = TokenUri.Parse(SoftHsm.Key(token, Pin, "devices"));
        using var authority = InitWith(uri.ToString());
        authority.IssueDevice(Guid.NewGuid()).Dispose();
        foreach (var half in (string[])["privkey", "pubkey"])
        {
            Assert.AreEqual(0, SoftHsm.Run("pkcs11-tool", "--module", SoftHsm.Module, "--token-label", token, "--login", "--pin", Pin, "--delete-object", "--type", half, "--label", "devices").ExitCode);
        }

        SoftHsm.Key(token, Pin, "devices");
        TokenModule.SlotOf(uri).CloseAllSessions();
        var before = CertificateAuthority.List(_folder.At("ca")).Count;
        AuthorityAssert.Fails("069", () => authority.IssueDevice(Guid.NewGuid()).Dispose());
        Assert.HasCount(before, CertificateAuthority.List(_folder.At("ca")));
    }

    [TestMethod]
    [DataRow("", "060")]
    [DataRow("pkcs11:", "060")]
    [DataRow("pkcs11:token=ca", "060")]
    [DataRow("pkcs11:object=devices", "060")]
    [DataRow("pkcs11:token=ca;object=a;id=%01", "060")]
    [DataRow("pkcs11:token=ca;token=cb;object=a", "060")]
    [DataRow("pkcs11:token=ca;object=a;type=cert", "060")]
    [DataRow("pkcs11:token=ca;object=a;slot-id=1", "060")]
    [DataRow("pkcs11:token=ca;object=a?module-path=a&module-path=b", "060")]
    [DataRow("PKCS11:token=ca;object=a", "060")]
    [DataRow("pkcs11:token=ca;object=a?pin-value=1234", "061")]
    [DataRow("pkcs11:token=ca;object=a?PIN-VALUE=1234", "061")]
    [DataRow("pkcs11:token=ca;object=a?pin-source=file:/etc/pin", "061")]
    public void A_URI_that_names_no_key_or_holds_a_PIN_is_refused(string uri, string code)
    {
        var failure = AuthorityAssert.Fails(code, () => TokenUri.Parse(uri));
        Assert.DoesNotContain("1234", failure.ToString());
    }

    [TestMethod]
    public void A_URI_is_read_as_RFC_7512_spells_it()
    {
        var uri = TokenUri.Parse("pkcs11:token=The%20token;id=%01%ffa?module-path=/usr/lib/a%3bb.so");
        Assert.AreEqual("The token", uri.Token);
        CollectionAssert.AreEqual(new byte[] { 0x01, 0xFF, (byte)'a' }, uri.Id);
        Assert.AreEqual("/usr/lib/a;b.so", uri.Module);
        Assert.AreEqual(TokenUri.DefaultModule, TokenUri.Parse("pkcs11:token=a;object=b;type=private").Module);
    }

    private static KeySource OnToken(string uri) => new(KeyKind.EcP256) { Token = TokenUri.Parse(uri) };

    private CertificateAuthority InitWith(string devices) => TestAuthority.Init(TestAuthority.Plan(_folder.At("ca")) with { DevicesIssuing = OnToken(devices) });
}
