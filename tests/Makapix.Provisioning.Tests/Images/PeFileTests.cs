using System;
using System.Buffers.Binary;
using Makapix.Provisioning.Images;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Images;

[TestClass]
public sealed class PeFileTests
{
    [TestMethod]
    public void Reads_the_header_of_a_real_assembly() =>
        Assert.AreEqual(new PeFile("Makapix.Device.Identity", new Version(1, 0, 0, 0), 4588, 0), PeFile.Parse(SampleIdentity.Template(), "template"));

    [TestMethod]
    public void Ignores_what_follows() => Assert.AreEqual(4588, PeFile.Parse([.. SampleIdentity.Template(), 1, 2, 3], "template").Length);

    [TestMethod]
    public void Refuses_every_truncation()
    {
        var pe = SampleIdentity.Template();
        for (var length = 0; length < pe.Length; length++)
        {
            Refusal.Expect("MKX-IMAGE-040", () => PeFile.Parse(pe.AsSpan(0, length), "template"), $"{length} bytes");
        }
    }

    [TestMethod]
    public void Refuses_every_flipped_bit()
    {
        var pe = SampleIdentity.Template();
        for (var bit = 0; bit < pe.Length * 8; bit++)
        {
            pe[bit / 8] ^= (byte)(1 << (bit % 8));
            var refusal = Assert.ThrowsExactly<ImageException>(() => PeFile.Parse(pe, "template"), $"bit {bit}");
            Assert.AreEqual(bit < 64 ? "MKX-IMAGE-041" : bit < 124 * 8 ? "MKX-IMAGE-042" : "MKX-IMAGE-044", refusal.Code, $"bit {bit}");
            pe[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    // Both CRCs can be made right by anybody: lengths and offsets behind them must not lead outside.
    [TestMethod]
    [DataRow("total length 0", 100, 0u, "MKX-IMAGE-043")]
    [DataRow("total length inside the header", 100, 123u, "MKX-IMAGE-043")]
    [DataRow("total length beyond the file", 100, 0x7FFFFFFFu, "MKX-IMAGE-040")]
    [DataRow("total length negative", 100, 0xFFFFFFFFu, "MKX-IMAGE-040")]
    [DataRow("strings beyond the file", 84, 0xFFFFFFF0u, "MKX-IMAGE-045")]
    [DataRow("strings end before they start", 88, 0u, "MKX-IMAGE-045")]
    [DataRow("strings inside the header", 84, 8u, "MKX-IMAGE-045")]
    [DataRow("name behind the strings", 36, 0x00017FFFu, "MKX-IMAGE-045")]
    public void Refuses_a_forged_length_with_right_checksums(string attack, int at, uint value, string code)
    {
        var pe = SampleIdentity.Template();
        BinaryPrimitives.WriteUInt32LittleEndian(pe.AsSpan(at), value);
        PeFile.Seal(pe);
        Refusal.Expect(code, () => PeFile.Parse(pe, "template"), attack);
    }

    [TestMethod]
    [DataRow((byte)0)]
    [DataRow((byte)0x1B)]
    public void Refuses_a_name_that_is_empty_or_would_steer_a_terminal(byte first)
    {
        var pe = SampleIdentity.Template();
        pe[pe.AsSpan().IndexOf("Makapix.Device.Identity\0"u8)] = first;
        PeFile.Seal(pe);
        Refusal.Expect("MKX-IMAGE-045", () => PeFile.Parse(pe, "template"));
    }

    [TestMethod]
    public void Takes_a_name_from_nanoCLRs_own_string_table()
    {
        var pe = SampleIdentity.Template();
        BinaryPrimitives.WriteUInt16LittleEndian(pe.AsSpan(36), 0xFFFD);
        PeFile.Seal(pe);
        Assert.AreEqual("(built-in string 0xFFFD)", PeFile.Parse(pe, "mscorlib").Name);
    }
}
