using System;
using System.Linq;
using Makapix.Provisioning.Chips.Profiles;
using Makapix.Provisioning.Images;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Images;

[TestClass]
public sealed class XtsFlashCipherTests
{
    private const int Seed = 21;

    [TestMethod]
    [DataRow(0x0u, 64)]
    [DataRow(0x0u, 128)]
    [DataRow(0x1000u, 4096)]
    [DataRow(0x10010u, 16)]
    [DataRow(0x10070u, 32)]
    [DataRow(0x10040u, 16_384)]
    [DataRow(0x1B0000u, 4608)]
    [DataRow(0x1000030u, 272)]
    [DataRow(0xFFFFFF80u, 128)]
    public void Equals_the_bytes_of_espsecure_both_ways_for_both_key_sizes(uint address, int length)
    {
        foreach (var kind in new[] { FlashCipherKind.XtsAes128, FlashCipherKind.XtsAes256 })
        {
            var (key, plain) = Material(kind, (int)address ^ length, length);
            using var espsecure = new Espsecure();
            using var cipher = FlashCiphers.Create(kind, key);

            var data = (byte[])plain.Clone();
            cipher.Encrypt(data, address);
            CollectionAssert.AreEqual(espsecure.EncryptXts(key, plain, address), data, $"{kind}");

            data = (byte[])plain.Clone();
            cipher.Decrypt(data, address);
            CollectionAssert.AreEqual(espsecure.DecryptXts(key, plain, address), data, $"{kind}");
        }
    }

    [TestMethod]
    [DataRow(FlashCipherKind.XtsAes128)]
    [DataRow(FlashCipherKind.XtsAes256)]
    public void Equals_the_bytes_of_espsecure_on_a_whole_firmware(FlashCipherKind kind)
    {
        var (key, plain) = Material(kind, Seed, 1_900_000);
        using var espsecure = new Espsecure();
        using var cipher = FlashCiphers.Create(kind, key);
        var data = (byte[])plain.Clone();
        cipher.Encrypt(data, 0x10000);
        CollectionAssert.AreEqual(espsecure.EncryptXts(key, plain, 0x10000), data);
    }

    [TestMethod]
    [DataRow(FlashCipherKind.XtsAes128)]
    [DataRow(FlashCipherKind.XtsAes256)]
    public void A_piece_encrypted_alone_is_what_it_is_in_the_whole_and_decrypts_to_itself(FlashCipherKind kind)
    {
        var (key, plain) = Material(kind, Seed, 70_000 - (70_000 % 16));
        using var cipher = FlashCiphers.Create(kind, key);
        var whole = (byte[])plain.Clone();
        cipher.Encrypt(whole, 0x10010);
        var random = new Random(Seed);
        for (var round = 0; round < 200; round++)
        {
            var start = random.Next(plain.Length / 16) * 16;
            var length = random.Next(((plain.Length - start) / 16) + 1) * 16;
            var piece = plain[start..(start + length)];
            cipher.Encrypt(piece, 0x10010 + (uint)start);
            Assert.IsTrue(piece.AsSpan().SequenceEqual(whole.AsSpan(start, length)), $"{length} bytes at {start}");
            cipher.Decrypt(piece, 0x10010 + (uint)start);
            Assert.IsTrue(piece.AsSpan().SequenceEqual(plain.AsSpan(start, length)), $"{length} bytes at {start}");
        }
    }

    // The same refusals as espsecure's, asked of both.
    [TestMethod]
    [DataRow("encrypt_flash_data", 0x10008u, 32, "MKX-IMAGE-001", "must be a multiple of 16")]
    [DataRow("decrypt_flash_data", 0x10001u, 32, "MKX-IMAGE-001", "must be a multiple of 16")]
    [DataRow("encrypt_flash_data", 0x10000u, 40, "MKX-IMAGE-002", "must be a multiple of 16")]
    public void Refuses_what_espsecure_refuses(string command, uint address, int length, string code, string espsecureSays)
    {
        var (key, data) = Material(FlashCipherKind.XtsAes128, Seed, length);
        using var espsecure = new Espsecure();
        var (exitCode, output, _) = espsecure.RunXts(command, key, data, address);
        Assert.AreNotEqual(0, exitCode);
        Assert.Contains(espsecureSays, output);

        using var cipher = FlashCiphers.Create(FlashCipherKind.XtsAes128, key);
        Refusal.Expect(code, () => Transform(cipher, data, address, command.StartsWith("encrypt", StringComparison.Ordinal)));
    }

    [TestMethod]
    [DataRow(FlashCipherKind.XtsAes128, 32)]
    [DataRow(FlashCipherKind.XtsAes256, 64)]
    public void Refuses_a_key_whose_halves_are_equal_as_espsecure_does(FlashCipherKind kind, int length)
    {
        var half = Enumerable.Range(1, length / 2).Select(i => (byte)i).ToArray();
        byte[] key = [.. half, .. half];
        using var espsecure = new Espsecure();
        Assert.AreNotEqual(0, espsecure.RunXts("encrypt_flash_data", key, new byte[128], 0).ExitCode);
        Refusal.Expect("MKX-IMAGE-006", () => FlashCiphers.Create(kind, key).Dispose());
    }

    [TestMethod]
    [DataRow(FlashCipherKind.XtsAes128, 16)]
    [DataRow(FlashCipherKind.XtsAes128, 64)]
    [DataRow(FlashCipherKind.XtsAes256, 32)]
    [DataRow(FlashCipherKind.XtsAes256, 63)]
    [DataRow(FlashCipherKind.XtsAes256, 0)]
    [DataRow(FlashCipherKind.Esp32Aes256, 64)]
    public void Refuses_a_key_of_another_length(FlashCipherKind kind, int length) => Refusal.Expect("MKX-IMAGE-004", () => FlashCiphers.Create(kind, new byte[length]).Dispose());

    [TestMethod]
    public void Refuses_what_lies_beyond_the_address_bits_of_the_tweak()
    {
        var (key, _) = Material(FlashCipherKind.XtsAes128, Seed, 0);
        using var cipher = FlashCiphers.Create(FlashCipherKind.XtsAes128, key);
        Refusal.Expect("MKX-IMAGE-003", () => cipher.Encrypt(new byte[32], 0xFFFFFFF0));
    }

    private static (byte[] Key, byte[] Data) Material(FlashCipherKind kind, int seed, int length)
    {
        var random = new Random(seed);
        var key = new byte[kind == FlashCipherKind.XtsAes256 ? XtsFlashCipher.Aes256KeyLength : XtsFlashCipher.Aes128KeyLength];
        var data = new byte[length];
        random.NextBytes(key);
        random.NextBytes(data);
        return (key, data);
    }

    private static void Transform(IFlashCipher cipher, byte[] data, uint address, bool encrypt)
    {
        if (encrypt)
        {
            cipher.Encrypt(data, address);
        }
        else
        {
            cipher.Decrypt(data, address);
        }
    }
}
