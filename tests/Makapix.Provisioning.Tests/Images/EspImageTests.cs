using System;
using System.Buffers.Binary;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using Makapix.Provisioning.Images;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Images;

[TestClass]
public sealed class EspImageTests
{
    private const uint Entry = 0x40081000;

    [TestMethod]
    public void Reads_what_it_writes_and_stops_at_its_end()
    {
        var bytes = Image();
        var image = EspImage.Parse([.. bytes, 0xFF, 0xFF], "app");
        Assert.AreEqual(bytes.Length, image.Length);
        Assert.AreEqual(Entry, image.EntryPoint);
        CollectionAssert.AreEqual(new uint[] { 0x3FFB0000, 0x40080000 }, image.LoadAddresses.ToArray());
    }

    // Every length of padding in front of the checksum.
    [TestMethod]
    [DataRow(0)]
    [DataRow(4)]
    [DataRow(8)]
    [DataRow(12)]
    [DataRow(16)]
    public void The_real_esptool_finds_it_valid(int length)
    {
        var bytes = EspImage.Write(Entry, [new EspImageSegment(0x3FFB0000, new byte[length]), new EspImageSegment(0x40080000, new byte[] { 1, 2, 3, 4 })]);
        Assert.AreEqual(bytes.Length, EspImage.Parse(bytes, "app").Length);

        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(file, bytes);
            using var esptool = Start(file);
            var report = esptool.StandardOutput.ReadToEnd();
            esptool.WaitForExit();
            Assert.Contains("(valid)", report.Split('\n').Single(line => line.StartsWith("Checksum:", StringComparison.Ordinal)));
            Assert.Contains("(valid)", report.Split('\n').Single(line => line.StartsWith("Validation", StringComparison.OrdinalIgnoreCase)));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [TestMethod]
    public void Refuses_every_truncation()
    {
        var bytes = Image();
        for (var length = 0; length < bytes.Length; length++)
        {
            Refusal.Expect("MKX-IMAGE-030", () => EspImage.Parse(bytes.AsSpan(0, length), "app"), $"{length} bytes");
        }
    }

    [TestMethod]
    public void Refuses_every_flipped_bit()
    {
        var bytes = Image();
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.ThrowsExactly<ImageException>(() => EspImage.Parse(bytes, "app"), $"bit {bit}");
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    // The SHA-256 is no secret: what is behind it must hold by itself.
    [TestMethod]
    [DataRow(0, (byte)0xE8, "MKX-IMAGE-031")]
    [DataRow(1, (byte)0, "MKX-IMAGE-032")]
    [DataRow(1, (byte)17, "MKX-IMAGE-032")]
    [DataRow(12, (byte)9, "MKX-IMAGE-033")]
    [DataRow(23, (byte)0, "MKX-IMAGE-034")]
    [DataRow(28, (byte)13, "MKX-IMAGE-035")]
    [DataRow(31, (byte)0xFF, "MKX-IMAGE-030")]
    [DataRow(32, (byte)0xAA, "MKX-IMAGE-036")]
    [DataRow(24, (byte)0xAA, "MKX-IMAGE-037")]
    public void Refuses_a_forged_field(int at, byte value, string code)
    {
        var bytes = Image();
        bytes[at] = value;
        if (code != "MKX-IMAGE-037")
        {
            SHA256.HashData(bytes.AsSpan(0, bytes.Length - 32), bytes.AsSpan(bytes.Length - 32));
        }

        Assert.Contains("the app", Refusal.Expect(code, () => EspImage.Parse(bytes, "the app")).Message);
    }

    [TestMethod]
    public void Refuses_a_segment_whose_length_wraps_around()
    {
        var bytes = Image();
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(28), 0xFFFFFFFC);
        Refusal.Expect("MKX-IMAGE-030", () => EspImage.Parse(bytes, "app"));
    }

    private static byte[] Image() =>
        EspImage.Write(Entry, [new EspImageSegment(0x3FFB0000, new byte[] { 1, 2, 3, 4, 5, 6, 7, 8 }), new EspImageSegment(0x40080000, new byte[] { 9, 8, 7, 6 })]);

    private static Process Start(string file)
    {
        try
        {
            return Process.Start(new ProcessStartInfo("esptool", ["--chip", "esp32", "image_info", "--version", "2", file]) { RedirectStandardOutput = true })!;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new AssertFailedException("esptool is not on PATH: run ./makapix doctor", e);
        }
    }
}
