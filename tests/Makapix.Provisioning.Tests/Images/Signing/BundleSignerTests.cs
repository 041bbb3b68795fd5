using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Threading.Tasks;
using Makapix.Provisioning.Authority;
using Makapix.Provisioning.Chips;
using Makapix.Provisioning.Images;
using Makapix.Provisioning.Images.Signing;
using Makapix.Provisioning.Tests.Authority;
using Makapix.Provisioning.Tests.Chips;
using Makapix.Provisioning.Tests.Line;
using Makapix.Testing;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Images.Signing;

/// <summary>Bundles signed by the real espsecure, with keys at rest and on a token.</summary>
[TestClass]
public sealed class BundleSignerTests
{
    private static readonly string[] Images = ["bootloader.bin", "nanoCLR.bin"];

    [TestMethod]
    public async Task Espressifs_own_tool_verifies_both_images_and_knows_the_same_digest()
    {
        var folder = await SigningBench.SignedAsync();
        using var scratch = new Scratch();
        using var key = FirmwareKey.Open(SigningBench.KeyFile, SigningBench.Passphrase);
        var publicKey = scratch.Write("public.pem", key.PublicPem);
        foreach (var image in Images)
        {
            var (exitCode, output) = SoftHsm.Run("espsecure", "verify_signature", "--version", "2", "--keyfile", publicKey, Path.Combine(folder, image));
            Assert.AreEqual(0, exitCode, output);
        }

        SoftHsm.Run("espsecure", "digest_sbv2_public_key", "--keyfile", publicKey, "--output", scratch.At("digest"));
        Assert.AreEqual(Convert.ToHexStringLower(File.ReadAllBytes(scratch.At("digest"))), FirmwareBundle.Load(folder).SigningKeyDigest);
    }

    [TestMethod]
    public async Task Openssl_verifies_the_signature_of_the_manifest()
    {
        var folder = await SigningBench.SignedAsync();
        using var scratch = new Scratch();
        using var key = FirmwareKey.Open(SigningBench.KeyFile, SigningBench.Passphrase);
        OpenSsl.Require("dgst", "-sha256", "-verify", scratch.Write("public.pem", key.PublicPem), "-sigopt", "rsa_padding_mode:pss", "-signature", Path.Combine(folder, "bundle.sig"), Path.Combine(folder, "bundle.json"));
    }

    [TestMethod]
    public async Task Key_on_a_token_signs_there()
    {
        var token = SoftHsm.Token(SoftHsm.OtherPin);
        var uri = SoftHsm.Key(token, SoftHsm.OtherPin, "firmware", "rsa:3072");
        using var scratch = new Scratch();
        using var key = FirmwareKey.Open(uri, SoftHsm.OtherPin);
        var signed = await (await SigningBench.SignerAsync()).SignAsync(SigningBench.Unsigned, key, scratch.At("signed"), default);
        Assert.AreEqual(signed.SigningKeyDigest, FirmwareBundle.Load(scratch.At("signed")).SigningKeyDigest);
        Assert.AreNotEqual(FirmwareBundle.Load(await SigningBench.SignedAsync()).SigningKeyDigest, signed.SigningKeyDigest);
        Assert.ThrowsExactly<AuthorityException>(() => FirmwareKey.Open(SoftHsm.Uri(token, "another"), SoftHsm.OtherPin));
    }

    [TestMethod]
    public async Task Tool_is_handed_no_key_and_what_it_does_not_take_is_said_and_leaves_nothing()
    {
        using var scratch = new Scratch();
        using var key = FirmwareKey.Open(SigningBench.KeyFile, SigningBench.Passphrase);
        string? folder = null;
        var runner = new StubRunner(call =>
        {
            Assert.IsTrue(call.Secret.IsEmpty);
            folder = Path.GetDirectoryName(call.Arguments[^1])!;
            CollectionAssert.AreEquivalent(new[] { "image", "key.pem", "signature" }, Directory.GetFiles(folder).Select(Path.GetFileName).ToArray());
            StringAssert.StartsWith(File.ReadAllText(Path.Combine(folder, "key.pem")), "-----BEGIN PUBLIC KEY-----");
            return (2, "espsecure.py v4.7.0\nA fatal error occurred: Signature verification failed: Invalid Signature\n", "");
        });
        var signer = await SigningBench.SignerAsync(runner);
        var error = await Assert.ThrowsExactlyAsync<ChipException>(() => signer.SignAsync(SigningBench.Unsigned, key, scratch.At("signed"), default));
        Assert.AreEqual("MKX-CHIP-017", error.Code);
        StringAssert.Contains(error.Cause, "Invalid Signature");
        Assert.IsEmpty(scratch.Entries);
        Assert.IsNotNull(folder);
        Assert.IsFalse(Directory.Exists(folder));
    }

    [TestMethod]
    public async Task Bundle_that_is_signed_already_or_not_built_for_it_is_refused()
    {
        using var scratch = new Scratch();
        using var key = FirmwareKey.Open(SigningBench.KeyFile, SigningBench.Passphrase);
        var signer = await SigningBench.SignerAsync();
        var signed = await SigningBench.SignedAsync();
        foreach (var (source, target, code) in new[]
        {
            (signed, scratch.At("new"), "MKX-IMAGE-123"),
            (Workshop.DemoBundleFolder(), scratch.At("new"), "MKX-IMAGE-124"),
            (SigningBench.Unsigned, signed, "MKX-IMAGE-099"),
        })
        {
            Assert.AreEqual(code, (await Assert.ThrowsExactlyAsync<ImageException>(() => signer.SignAsync(source, key, target, default))).Code);
        }

        Assert.IsEmpty(scratch.Entries);
    }

    [TestMethod]
    public void Key_that_lies_open_is_not_taken_nor_one_that_secure_boot_cannot_check()
    {
        using var scratch = new Scratch();
        using var weak = RSA.Create(2048);
        using var big = RSA.Create(4096);
        using var curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        foreach (var (what, content, passphrase, code) in new[]
        {
            ("lies open", weak.ExportPkcs8PrivateKeyPem(), SigningBench.Passphrase, "MKX-IMAGE-120"),
            ("lies open, as openssl once wrote it", weak.ExportRSAPrivateKeyPem(), SigningBench.Passphrase, "MKX-IMAGE-120"),
            ("public half", weak.ExportSubjectPublicKeyInfoPem(), SigningBench.Passphrase, "MKX-IMAGE-120"),
            ("nothing", "", SigningBench.Passphrase, "MKX-IMAGE-120"),
            ("wrong passphrase", File.ReadAllText(SigningBench.KeyFile), "another passphrase", "MKX-IMAGE-121"),
            ("2048 bits", SigningBench.Encrypt(weak), SigningBench.Passphrase, "MKX-IMAGE-121"),
            ("P-256", SigningBench.Encrypt(curve), SigningBench.Passphrase, "MKX-IMAGE-121"),
            ("4096 bits", SigningBench.Encrypt(big), SigningBench.Passphrase, "MKX-IMAGE-122"),
        })
        {
            var path = scratch.Write("key", content);
            var refused = Refusal.Expect(code, () => FirmwareKey.Open(path, passphrase).Dispose(), what);
            Assert.DoesNotContain(passphrase, refused.ToString());
        }
    }
}
