using System;
using System.Linq;
using Makapix.Provisioning.Images;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Images;

[TestClass]
public sealed class Esp32FlashCipherTests
{
    private const int Seed = 20;

    [TestMethod]
    [DataRow(0x0u, 64)]
    [DataRow(0x1000u, 4096)]
    [DataRow(0x10010u, 48)]
    [DataRow(0x10010u, 16)]
    [DataRow(0x1E0000u, 4608)]
    [DataRow(0xFFFC0u, 128)]
    [DataRow(0xFFFFE0u, 32)]
    [DataRow(0x7FFF00u, 1024)]
    public void Equals_the_bytes_of_espsecure_both_ways(uint address, int length)
    {
        var (key, plain) = Material((int)address ^ length, length);
        using var espsecure = new Espsecure();
        using var cipher = new Esp32FlashCipher(key);

        var data = (byte[])plain.Clone();
        cipher.Encrypt(data, address);
        CollectionAssert.AreEqual(espsecure.Encrypt(key, plain, address, 0xF), data);

        data = (byte[])plain.Clone();
        cipher.Decrypt(data, address);
        CollectionAssert.AreEqual(espsecure.Decrypt(key, plain, address, 0xF), data);
    }

    [TestMethod]
    [DataRow((byte)0x0)]
    [DataRow((byte)0x1)]
    [DataRow((byte)0x2)]
    [DataRow((byte)0x3)]
    [DataRow((byte)0x4)]
    [DataRow((byte)0x5)]
    [DataRow((byte)0x6)]
    [DataRow((byte)0x7)]
    [DataRow((byte)0x8)]
    [DataRow((byte)0x9)]
    [DataRow((byte)0xA)]
    [DataRow((byte)0xB)]
    [DataRow((byte)0xC)]
    [DataRow((byte)0xD)]
    [DataRow((byte)0xE)]
    [DataRow((byte)0xF)]
    public void Equals_the_bytes_of_espsecure_for_every_crypt_config(byte config)
    {
        var (key, data) = Material(config, 2048);
        using var espsecure = new Espsecure();
        using var cipher = new Esp32FlashCipher(key, config);
        var expected = espsecure.Encrypt(key, data, 0xA5A5A0, config);
        cipher.Encrypt(data, 0xA5A5A0);
        CollectionAssert.AreEqual(expected, data);
    }

    [TestMethod]
    public void Equals_the_bytes_of_espsecure_on_a_whole_firmware()
    {
        var (key, plain) = Material(Seed, 1_900_000);
        using var espsecure = new Espsecure();
        using var cipher = new Esp32FlashCipher(key);
        var data = (byte[])plain.Clone();
        cipher.Encrypt(data, 0x10000);
        CollectionAssert.AreEqual(espsecure.Encrypt(key, plain, 0x10000, 0xF), data);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Both_engines_agree_for_every_crypt_config_and_start(bool encrypt)
    {
        for (byte config = 0; config <= 0xF; config++)
        {
            foreach (var (address, length) in new[] { (0u, 4096), (16u, 16), (16u, 4080), (0xFFFFF0u, 16), (0xABCD0u, 80) })
            {
                var (key, fast) = Material(config, length);
                var slow = (byte[])fast.Clone();
                using var instructions = new Esp32FlashCipher(key, config, AesInstructionRows.IsSupported);
                using var platform = new Esp32FlashCipher(key, config, useAesInstructions: false);
                Transform(instructions, fast, address, encrypt);
                Transform(platform, slow, address, encrypt);
                CollectionAssert.AreEqual(slow, fast, $"config {config}, 0x{address:X}, {length} bytes");
            }
        }
    }

    [TestMethod]
    public void Decrypting_what_was_encrypted_gives_it_back_and_ciphertext_depends_on_the_address()
    {
        var (key, plain) = Material(Seed, 8192);
        using var cipher = new Esp32FlashCipher(key);
        var here = (byte[])plain.Clone();
        var there = (byte[])plain.Clone();
        cipher.Encrypt(here, 0x10000);
        cipher.Encrypt(there, 0x10020);
        Assert.IsFalse(here.SequenceEqual(there));
        cipher.Decrypt(here, 0x10000);
        CollectionAssert.AreEqual(plain, here);
    }

    // The same refusals as espsecure's, asked of both.
    [TestMethod]
    [DataRow("encrypt_flash_data", 0x10008u, 32, "MKX-IMAGE-001", "must be a multiple of 16")]
    [DataRow("decrypt_flash_data", 0x10001u, 32, "MKX-IMAGE-001", "must be a multiple of 16")]
    [DataRow("decrypt_flash_data", 0x10000u, 40, "MKX-IMAGE-002", "not a multiple of 16 bytes")]
    public void Refuses_what_espsecure_refuses(string command, uint address, int length, string code, string espsecureSays)
    {
        var (key, data) = Material(Seed, length);
        using var espsecure = new Espsecure();
        var (exitCode, output, _) = espsecure.Run(command, key, data, address, 0xF);
        Assert.AreNotEqual(0, exitCode);
        Assert.Contains(espsecureSays, output);

        using var cipher = new Esp32FlashCipher(key);
        Refusal.Expect(code, () => Transform(cipher, data, address, command.StartsWith("encrypt", StringComparison.Ordinal)));
    }

    [TestMethod]
    [DataRow(0x1000000u, 16)]
    [DataRow(0xFFFFF0u, 32)]
    [DataRow(0xFFFFFFF0u, 16)]
    public void Refuses_what_lies_beyond_the_address_bits_of_the_tweak(uint address, int length)
    {
        using var cipher = new Esp32FlashCipher(new byte[32]);
        Refusal.Expect("MKX-IMAGE-003", () => cipher.Encrypt(new byte[length], address));
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(16)]
    [DataRow(24)]
    [DataRow(31)]
    [DataRow(33)]
    [DataRow(64)]
    public void Refuses_a_key_of_another_length(int length) => Refusal.Expect("MKX-IMAGE-004", () => new Esp32FlashCipher(new byte[length]).Dispose());

    [TestMethod]
    public void Refuses_a_crypt_config_that_the_eFuse_cannot_hold() => Refusal.Expect("MKX-IMAGE-005", () => new Esp32FlashCipher(new byte[32], 0x10).Dispose());

    private static (byte[] Key, byte[] Data) Material(int seed, int length)
    {
        var random = new Random(seed);
        var key = new byte[Esp32FlashCipher.KeyLength];
        var data = new byte[length];
        random.NextBytes(key);
        random.NextBytes(data);
        return (key, data);
    }

    private static void Transform(Esp32FlashCipher cipher, byte[] data, uint address, bool encrypt)
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
