using System;
using System.IO;
using System.Linq;
using Makapix.Provisioning.Images;
using Makapix.Provisioning.Storage;
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
        FlashImageFile.Encrypt(scratch.File("key", Key), scratch.File("in", plain), scratch["out"], 0x10000, 0xF);

        var data = File.ReadAllBytes(scratch["out"]);
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
        FlashImageFile.Encrypt(scratch.File("key", Key), scratch.File("in", plain), scratch["encrypted"], 0x1E0000, 0xF);
        FlashImageFile.Decrypt(scratch["key"], scratch["encrypted"], scratch["plain"], 0x1E0000, 0xF);
        CollectionAssert.AreEqual(plain, File.ReadAllBytes(scratch["plain"]));
        if (!OperatingSystem.IsWindows())
        {
            Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(scratch["plain"]));
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
        scratch.File("key", Key);
        scratch.File("in", new byte[32]);
        File.CreateSymbolicLink(scratch["link"], scratch["in"]);
        Refusal.Expect("MKX-IMAGE-085", () => FlashImageFile.Encrypt(scratch["key"], scratch["in"], scratch[output], 0, 0xF));
        CollectionAssert.AreEqual(Key, File.ReadAllBytes(scratch["key"]));
        CollectionAssert.AreEqual(new byte[32], File.ReadAllBytes(scratch["in"]));
    }

    [TestMethod]
    [DataRow(31, "MKX-IMAGE-004")]
    [DataRow(33, "MKX-IMAGE-087")]
    [DataRow(0, "MKX-IMAGE-004")]
    public void Refuses_a_key_file_of_another_length_and_leaves_the_output_alone(int length, string code)
    {
        using var scratch = new Scratch();
        scratch.File("out", [1]);
        Refusal.Expect(code, () => FlashImageFile.Encrypt(scratch.File("key", new byte[length]), scratch.File("in", new byte[32]), scratch["out"], 0, 0xF));
        CollectionAssert.AreEqual(new byte[] { 1 }, File.ReadAllBytes(scratch["out"]));
        Assert.HasCount(3, Directory.GetFiles(scratch.Folder), "no temporary file is left");
    }

    [TestMethod]
    public void Refuses_an_endless_input()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Inconclusive("Windows has no /dev/zero.");
        }

        using var scratch = new Scratch();
        Refusal.Expect("MKX-IMAGE-086", () => FlashImageFile.Encrypt(scratch.File("key", Key), "/dev/zero", scratch["out"], 0, 0xF));
    }

    [TestMethod]
    public void A_write_that_fails_leaves_nothing_behind()
    {
        using var scratch = new Scratch();
        Directory.CreateDirectory(scratch["taken"]);
        File.WriteAllBytes(Path.Combine(scratch["taken"], "file"), [1]);
        Assert.Throws<Exception>(() => DurableFile.Replace(scratch["taken"], [1, 2, 3], DurableFile.Public));
        Assert.HasCount(1, Directory.GetFileSystemEntries(scratch.Folder));
        Assert.ThrowsExactly<DirectoryNotFoundException>(() => DurableFile.Replace(scratch["nowhere/file"], [1], DurableFile.Public));
    }
}
