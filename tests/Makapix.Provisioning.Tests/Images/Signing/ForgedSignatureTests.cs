using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Makapix.Provisioning.Images;
using Makapix.Testing;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Images.Signing;

/// <summary>Signed bundles in which something was changed, by accident or by somebody who also mends the hashes.</summary>
[TestClass]
public sealed class ForgedSignatureTests
{
    private const int Sector = 4096;
    private const int ChecksumAt = 1196;

    public static IEnumerable<object[]> Forgeries =>
    [
        Forgery("MKX-IMAGE-036", "bit of the image", image => image[100] ^= 1, mend: false),
        Forgery("MKX-IMAGE-101", "bit of the signature, checksum left as it is", image => Block(image)[900] ^= 1, mend: false),
        Forgery("MKX-IMAGE-103", "bit of the signature", image => Block(image)[900] ^= 1),
        Forgery("MKX-IMAGE-103", "bit of the modulus", image => Block(image)[50] ^= 1),
        Forgery("MKX-IMAGE-103", "modulus of 3,071 bits", image => Block(image)[36 + 383] &= 0x7F),
        Forgery("MKX-IMAGE-103", "exponent 3", image => BinaryPrimitives.WriteUInt32LittleEndian(Block(image)[420..], 3)),
        Forgery("MKX-IMAGE-103", "R that the chip would reckon with", image => Block(image)[424] ^= 1),
        Forgery("MKX-IMAGE-103", "M' that the chip would reckon with", image => Block(image)[808] ^= 1),
        Forgery("MKX-IMAGE-102", "digest of another image", image => Block(image)[4] ^= 1),
        Forgery("MKX-IMAGE-101", "ECDSA, which is not what is burned", image => Block(image)[1] = 3),
        Forgery("MKX-IMAGE-101", "reserved bytes", image => Block(image)[2] = 1),
        Forgery("MKX-IMAGE-101", "bytes behind the checksum", image => Block(image)[1200] = 1),
        Forgery("MKX-IMAGE-108", "magic", image => Block(image)[0] ^= 1),
        Forgery("MKX-IMAGE-108", "second block, of a key that nobody burned", image => Block(image)[..1216].CopyTo(Block(image)[1216..])),
        Forgery("MKX-IMAGE-108", "one bit in the rest of the sector", image => image[^1] = 0xFE),
    ];

    [TestMethod]
    [DynamicData(nameof(Forgeries))]
    public async Task Forged_image_is_refused(string code, string what, Action<byte[]> forge, bool mend)
    {
        foreach (var field in new[] { "bootloader", "nanoClr" })
        {
            using var scratch = new Scratch();
            var folder = scratch.Copy(await SigningBench.SignedAsync(), "bundle");
            var name = Change(folder, field, image =>
            {
                forge(image);
                if (mend)
                {
                    BinaryPrimitives.WriteUInt32LittleEndian(Block(image)[ChecksumAt..], Crc32.IsoHdlc(Block(image)[..ChecksumAt]));
                }

                return image;
            });
            StringAssert.Contains(Refusal.Expect(code, () => FirmwareBundle.Load(folder), what).Cause, name);
        }
    }

    [TestMethod]
    public async Task Bit_flipped_in_any_file_is_found_and_the_file_named()
    {
        var signed = await SigningBench.SignedAsync();
        foreach (var file in new[] { "bootloader.bin", "nanoCLR.bin", "partitions.csv", "Makapix.Device.Identity.pe", "bundle.json", "bundle.sig" })
        {
            using var scratch = new Scratch();
            var folder = scratch.Copy(signed, "bundle");
            var path = Path.Combine(folder, file);
            var original = File.ReadAllBytes(path);
            for (var i = 0; i < 8; i++)
            {
                var flipped = original.ToArray();
                flipped[(flipped.Length - 1) * i / 7] ^= (byte)(1 << i);
                File.WriteAllBytes(path, flipped);
                StringAssert.Contains(Assert.ThrowsExactly<ImageException>(() => FirmwareBundle.Load(folder), $"{file}, {i}").Cause, file);
            }
        }
    }

    [TestMethod]
    public async Task Manifest_that_was_changed_after_it_was_signed_is_refused_whatever_it_says()
    {
        foreach (var change in new Action<JsonNode>[]
        {
            manifest => manifest["firmwareVersion"] = "9.9.9",
            manifest => manifest["nanoClrBuild"]!["wireProtocol"] = true,
            manifest => manifest["standIn"] = false,
        })
        {
            using var scratch = new Scratch();
            var folder = scratch.Copy(await SigningBench.SignedAsync(), "bundle");
            Manifest(folder, change);
            Refusal.Expect("MKX-IMAGE-109", () => FirmwareBundle.Load(folder));
        }

        using var bare = new Scratch();
        var unsigned = bare.Copy(await SigningBench.SignedAsync(), "bundle");
        File.Delete(Path.Combine(unsigned, "bundle.sig"));
        Refusal.Expect("MKX-IMAGE-109", () => FirmwareBundle.Load(unsigned));
    }

    [TestMethod]
    public async Task Images_must_both_be_signed_by_one_key_for_a_boot_that_checks_it()
    {
        using var scratch = new Scratch();
        var (signed, other) = (await SigningBench.SignedAsync(), await SigningBench.SignedByOtherAsync());

        var half = scratch.Copy(signed, "half");
        Change(half, "nanoClr", _ => File.ReadAllBytes(Path.Combine(SigningBench.Unsigned, "nanoCLR.bin")));
        StringAssert.Contains(Refusal.Expect("MKX-IMAGE-104", () => FirmwareBundle.Load(half)).Cause, "nanoCLR.bin is not");

        var mixed = scratch.Copy(signed, "mixed");
        Change(mixed, "nanoClr", _ => File.ReadAllBytes(Path.Combine(other, "nanoCLR.bin")));
        Refusal.Expect("MKX-IMAGE-105", () => FirmwareBundle.Load(mixed));

        var open = scratch.Copy(signed, "unchecked");
        Manifest(open, manifest => manifest["nanoClrBuild"]!["secureBoot"] = false);
        Refusal.Expect("MKX-IMAGE-106", () => FirmwareBundle.Load(open));

        Refusal.Expect("MKX-IMAGE-100", () => FirmwareBundle.Load(SigningBench.Unsigned).RequireSigned());
        FirmwareBundle.Load(signed).RequireSigned();
        var digest = FirmwareBundle.Load(signed).SigningKeyDigest!;
        FirmwareBundle.Load(signed).RequireSignedBy(digest.ToUpperInvariant());
        Refusal.Expect("MKX-IMAGE-125", () => FirmwareBundle.Load(other).RequireSignedBy(digest));
        Refusal.Expect("MKX-IMAGE-125", () => FirmwareBundle.Load(SigningBench.Unsigned).RequireSignedBy(digest));
    }

    [TestMethod]
    public void NanoClr_that_leaves_unsigned_bytes_in_its_last_page_is_refused()
    {
        using var scratch = new Scratch();
        DemoBundle.Create(scratch.At("bundle"));
        Manifest(scratch.At("bundle"), manifest => manifest["nanoClrBuild"]!["secureBoot"] = true);
        Refusal.Expect("MKX-IMAGE-107", () => FirmwareBundle.Load(scratch.At("bundle")));
    }

    [TestMethod]
    public async Task What_fills_the_last_sector_of_an_image_is_signed_too()
    {
        using var scratch = new Scratch();
        var folder = scratch.Copy(await SigningBench.SignedAsync(), "bundle");
        Change(folder, "bootloader", image =>
        {
            image[^(Sector + 1)] ^= 1;
            return image;
        });
        Refusal.Expect("MKX-IMAGE-102", () => FirmwareBundle.Load(folder));
    }

    [TestMethod]
    public void Bootloader_that_fits_until_it_is_signed_is_refused()
    {
        using var scratch = new Scratch();
        var folder = scratch.Copy(SigningBench.Unsigned, "bundle");
        Change(folder, "bootloader", _ => EspImage.Write(0x40078000, [new EspImageSegment(0x40078000, new byte[0x6000])]));
        StringAssert.Contains(Refusal.Expect("MKX-IMAGE-096", () => FirmwareBundle.Load(folder)).Cause, "bootloader");
    }

    private static object[] Forgery(string code, string what, Action<byte[]> forge, bool mend = true) => [code, what, forge, mend];

    private static Span<byte> Block(byte[] image) => image.AsSpan(image.Length - Sector);

    /// <summary>Changes an image, and its hash in the manifest.</summary>
    /// <returns>Its file.</returns>
    private static string Change(string folder, string field, Func<byte[], byte[]> change)
    {
        var name = "";
        Manifest(folder, manifest =>
        {
            name = (string)manifest[field]!["file"]!;
            var image = change(File.ReadAllBytes(Path.Combine(folder, name)));
            File.WriteAllBytes(Path.Combine(folder, name), image);
            manifest[field]!["sha256"] = Convert.ToHexStringLower(SHA256.HashData(image));
        });
        return name;
    }

    private static void Manifest(string folder, Action<JsonNode> change)
    {
        var path = Path.Combine(folder, "bundle.json");
        var manifest = JsonNode.Parse(File.ReadAllText(path))!;
        change(manifest);
        File.WriteAllText(path, manifest.ToJsonString());
    }
}
