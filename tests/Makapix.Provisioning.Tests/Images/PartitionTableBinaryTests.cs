using System;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using Makapix.Provisioning.Images;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Images;

[TestClass]
public sealed class PartitionTableBinaryTests
{
    private const int Rows = 6;
    private const int Md5Row = Rows * 32;

    [TestMethod]
    public void Survives_the_way_to_binary_and_back()
    {
        var table = Table();
        CollectionAssert.AreEqual(table.Entries.ToArray(), PartitionTable.Parse(table.ToBytes()).Entries.ToArray());
    }

    [TestMethod]
    public void Ignores_the_signature_behind_it() => Assert.HasCount(Rows, PartitionTable.Parse([.. Table().ToBytes(), .. new byte[0x400]]).Entries);

    [TestMethod]
    public void Refuses_every_truncation()
    {
        var bytes = Table().ToBytes();
        for (var length = 0; length < bytes.Length; length++)
        {
            Refusal.Expect("MKX-IMAGE-023", () => PartitionTable.Parse(bytes.AsSpan(0, length)));
        }
    }

    [TestMethod]
    public void Refuses_every_flipped_bit()
    {
        var bytes = Table().ToBytes();
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.ThrowsExactly<ImageException>(() => PartitionTable.Parse(bytes), $"bit {bit}");
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    // An attacker can compute an MD5 as well as we can: what is behind it must hold by itself.
    [TestMethod]
    [DataRow(0, (byte)0xAB, "MKX-IMAGE-024")]
    [DataRow(31, (byte)0x80, "MKX-IMAGE-016")]
    [DataRow(12, (byte)0x00, "MKX-IMAGE-028")]
    [DataRow(12, (byte)0xE4, "MKX-IMAGE-011")]
    [DataRow(5, (byte)0x08, "MKX-IMAGE-017")]
    [DataRow(5, (byte)0x00, "MKX-IMAGE-018")]
    [DataRow(11, (byte)0xFF, "MKX-IMAGE-018")]
    [DataRow(9, (byte)0x00, "MKX-IMAGE-015")]
    public void Refuses_a_forged_row_with_a_right_MD5(int at, byte value, string code)
    {
        var bytes = Table().ToBytes();
        bytes[at] = value;
        Reseal(bytes);
        Refusal.Expect(code, () => PartitionTable.Parse(bytes));
    }

    [TestMethod]
    public void Refuses_overlapping_partitions_with_a_right_MD5()
    {
        var bytes = Table().ToBytes();
        bytes[(3 * 32) + 6] = 0x1D;
        Reseal(bytes);
        Assert.Contains("row 4", Refusal.Expect("MKX-IMAGE-018", () => PartitionTable.Parse(bytes)).Message);
    }

    [TestMethod]
    public void Refuses_a_row_hidden_behind_the_MD5()
    {
        var bytes = Table().ToBytes();
        bytes.AsSpan(0, 32).CopyTo(bytes.AsSpan(Md5Row + 32));
        Refusal.Expect("MKX-IMAGE-027", () => PartitionTable.Parse(bytes));
    }

    [TestMethod]
    public void Refuses_a_table_without_MD5_row()
    {
        var bytes = Table().ToBytes();
        bytes.AsSpan(Md5Row, 32).Fill(0xFF);
        Refusal.Expect("MKX-IMAGE-026", () => PartitionTable.Parse(bytes));
        for (var at = 0; at < bytes.Length; at += 32)
        {
            bytes.AsSpan(0, 32).CopyTo(bytes.AsSpan(at));
        }

        Refusal.Expect("MKX-IMAGE-026", () => PartitionTable.Parse(bytes));
    }

    [TestMethod]
    public void Refuses_noise_as_flash_decrypted_with_another_key_reads()
    {
        var noise = new byte[PartitionTable.Length];
        new Random(3).NextBytes(noise);
        Refusal.Expect("MKX-IMAGE-024", () => PartitionTable.Parse(noise));
    }

    private static PartitionTable Table() => PartitionTable.ParseCsv(Encoding.UTF8.GetString(ImageResource.Read(ImageResource.PartitionTable)));

#pragma warning disable CA5351 // The format's own checksum.
    private static void Reseal(byte[] bytes) => MD5.HashData(bytes.AsSpan(0, Md5Row), bytes.AsSpan(Md5Row + 16));
#pragma warning restore CA5351
}
