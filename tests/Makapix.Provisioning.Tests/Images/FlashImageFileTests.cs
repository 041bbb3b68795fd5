using System;
using System.IO;
using System.Linq;
using Makapix.Provisioning.Images;
using Makapix.Provisioning.Storage;
using Makapix.Testing;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Images;

[TestClass]
public sealed class FlashImageFileTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(1, 32).Select(n => (byte)n)];

    [TestMethod]
    [DataRow(0, 0)]
    [DataRow(16, 16)]
    [DataRow(48, 48)]
    [DataRow(1, 32)]
    [DataRow(33, 64)]
    [DataRow(47, 64)]
    public void Pads_with_erased_flash_only_where_espsecure_would_pad_too(int length, int expected)
    {
        using var scratch = new Scratch();
        var plain = Enumerable.Repeat((byte)0x5A, length).ToArray();
        FlashImageFile.Encrypt(scratch.Write("key", Key), scratch.Write("in", plain), scratch.At("out"), 0x10000, 0xF);

        var data = File.ReadAllBytes(scratch.At("out"));
        Assert.HasCount(expected, data);
        using var cipher = new Esp32FlashCipher(Key);
        cipher.Decrypt(data, 0x10000);
        CollectionAssert.AreEqual(plain, data[..length]);
        Assert.IsTrue(data[length..].All(value => value == 0xFF));
    }

    [TestMethod]
    public void Decrypts_for_the_owners_eyes_only()
    {
        using var scratch = new Scratch();
        var plain = new byte[64];
        FlashImageFile.Encrypt(scratch.Write("key", Key), scratch.Write("in", plain), scratch.At("encrypted"), 0x1E0000, 0xF);
        FlashImageFile.Decrypt(scratch.At("key"), scratch.At("encrypted"), scratch.At("plain"), 0x1E0000, 0xF);
        CollectionAssert.AreEqual(plain, File.ReadAllBytes(scratch.At("plain")));
        if (!OperatingSystem.IsWindows())
        {
            Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(scratch.At("plain")));
        }
    }

    [TestMethod]
    [DataRow("in")]
    [DataRow("key")]
    [DataRow("link")]
    [DataRow("./in")]
    public void Refuses_to_overwrite_what_it_reads(string output)
    {
        using var scratch = new Scratch();
        scratch.Write("key", Key);
        scratch.Write("in", new byte[32]);
        File.CreateSymbolicLink(scratch.At("link"), scratch.At("in"));
        Refusal.Expect("MKX-IMAGE-085", () => FlashImageFile.Encrypt(scratch.At("key"), scratch.At("in"), scratch.At(output), 0, 0xF));
        CollectionAssert.AreEqual(Key, File.ReadAllBytes(scratch.At("key")));
        CollectionAssert.AreEqual(new byte[32], File.ReadAllBytes(scratch.At("in")));
    }

    [TestMethod]
    [DataRow(31, "MKX-IMAGE-004")]
    [DataRow(33, "MKX-IMAGE-087")]
    [DataRow(0, "MKX-IMAGE-004")]
    public void Refuses_a_key_file_of_another_length_and_leaves_the_output_alone(int length, string code)
    {
        using var scratch = new Scratch();
        scratch.Write("out", [1]);
        Refusal.Expect(code, () => FlashImageFile.Encrypt(scratch.Write("key", new byte[length]), scratch.Write("in", new byte[32]), scratch.At("out"), 0, 0xF));
        CollectionAssert.AreEqual(new byte[] { 1 }, File.ReadAllBytes(scratch.At("out")));
        Assert.HasCount(3, Directory.GetFiles(scratch.Root), "no temporary file is left");
    }

    [TestMethod]
    public void Refuses_an_endless_input()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Inconclusive("Windows has no /dev/zero.");
        }

        using var scratch = new Scratch();
        Refusal.Expect("MKX-IMAGE-086", () => FlashImageFile.Encrypt(scratch.Write("key", Key), "/dev/zero", scratch.At("out"), 0, 0xF));
    }

    [TestMethod]
    public void A_write_that_fails_leaves_nothing_behind()
    {
        using var scratch = new Scratch();
        Directory.CreateDirectory(scratch.At("taken"));
        File.WriteAllBytes(Path.Combine(scratch.At("taken"), "file"), [1]);
        Assert.Throws<Exception>(() => DurableFile.Replace(scratch.At("taken"), [1, 2, 3], DurableFile.Public));
        Assert.HasCount(1, Directory.GetFileSystemEntries(scratch.Root));
        Assert.ThrowsExactly<DirectoryNotFoundException>(() => DurableFile.Replace(scratch.At("nowhere/file"), [1], DurableFile.Public));
    }
}
