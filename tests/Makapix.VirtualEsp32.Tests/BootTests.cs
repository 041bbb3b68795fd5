using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Threading.Tasks;
using Makapix.Provisioning.Images;
using Makapix.VirtualEsp32.Boot;
using Makapix.VirtualEsp32.Tests.Support;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.VirtualEsp32.Tests;

[TestClass]
public sealed class BootTests
{
    private const uint Bootloader = 0x1000;
    private const uint Table = 0x8000;
    private const uint App = 0x10000;
    private const uint NoCount = 0;
    private const uint OddCount = 0x7F;

    private static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(i => (byte)(i * 11 + 3))];

    [TestMethod]
    [DataRow(NoCount, false, DisplayName = "plaintext, encryption off")]
    [DataRow(OddCount, true, DisplayName = "ciphertext, encryption on for ever")]
    [DataRow(1u, true, DisplayName = "ciphertext, encryption on")]
    [DataRow(3u, false, DisplayName = "plaintext, encryption off again")]
    public async Task HandsTheIdentityOver(uint count, bool encrypt)
    {
        using var bundle = new DemoBundleImages();
        await using var chip = TestChip.Start();
        bundle.Write(chip.Chip, encrypt ? Key : null);
        BurnFor(chip, count);

        using var boot = VirtualBoot.Run(chip.Chip);
        Assert.IsNull(boot.Failure);
        Assert.AreEqual(encrypt, boot.FlashEncrypted);
        CollectionAssert.AreEqual(bundle.IdentityBlob, boot.IdentityBlob.ToArray());
        Assert.AreEqual(IdentityTemplate.AssemblyName, boot.Assemblies[^1].Name);
    }

    [TestMethod]
    [DataRow(0u, "101", "flash is erased", DisplayName = "fresh chip")]
    [DataRow(OddCount, "101", "flash is erased", DisplayName = "fused chip with nothing written")]
    public async Task EmptyChip(uint count, string code, string hint)
    {
        await using var chip = TestChip.Start();
        BurnFor(chip, count);
        Fails(chip, code, hint);
    }

    [TestMethod]
    [DataRow(OddCount, false, "It was written in plaintext, and flash encryption is on", DisplayName = "plaintext on an encrypting chip")]
    [DataRow(NoCount, true, "Flash encryption is off", DisplayName = "ciphertext on a chip that does not decrypt")]
    [DataRow(3u, true, "Flash encryption is off", DisplayName = "ciphertext, and the count is even")]
    public async Task FlashAndFusesThatDoNotMatch(uint count, bool encrypt, string hint)
    {
        using var bundle = new DemoBundleImages();
        await using var chip = TestChip.Start();
        bundle.Write(chip.Chip, encrypt ? Key : null);
        BurnFor(chip, count);
        Fails(chip, "101", hint);
    }

    [TestMethod]
    public async Task WrongKeyDoesNotBoot()
    {
        using var bundle = new DemoBundleImages();
        await using var chip = TestChip.Start();
        bundle.Write(chip.Chip, RandomNumberGenerator.GetBytes(32));
        BurnFor(chip, OddCount);
        Fails(chip, "101", "this chip's key");
    }

    [TestMethod]
    public async Task UnburnedCryptConfigDoesNotBoot()
    {
        using var bundle = new DemoBundleImages();
        await using var chip = TestChip.Start();
        bundle.Write(chip.Chip, Key);
        BurnFor(chip, OddCount, cryptConfig: 0);
        Assert.AreNotEqual("", Fails(chip, null, "this chip's key"));
    }

    [TestMethod]
    [DataRow(Bootloader, "101", "bootloader at 0x1000")]
    [DataRow(Bootloader + 5000, "101", "bootloader at 0x1000")]
    [DataRow(Table, "102", "partition table at 0x8000")]
    [DataRow(Table + 40, "102", "partition table at 0x8000")]
    [DataRow(App, "104", "application 'factory' at 0x10000")]
    [DataRow(App + 900_000, "104", "application 'factory' at 0x10000")]
    [DataRow(0u, "106", "deployment 'deploy' at 0x", DisplayName = "deploy")]
    [DataRow(3000u, "106", "deployment 'deploy' at 0x", DisplayName = "deploy, in the identity")]
    public async Task FlippedCiphertextIsNoticedWhereItLies(uint address, string code, string where)
    {
        using var bundle = new DemoBundleImages();
        await using var chip = TestChip.Start();
        if (address < Bootloader)
        {
            address += bundle.DeployAddress;
        }

        bundle.Write(chip.Chip, Key, flipped: address);
        BurnFor(chip, OddCount);
        Assert.Contains(where, Fails(chip, code, "this chip's key"));
    }

    [TestMethod]
    [DataRow(3, 1u << 3, "100", DisplayName = "DIS_CACHE")]
    [DataRow(6, 1u << 4, "108", DisplayName = "ABS_DONE_0")]
    [DataRow(6, 1u << 5, "113", DisplayName = "ABS_DONE_1 without a digest")]
    [DataRow(6, 1u, "109", DisplayName = "CODING_SCHEME 3/4")]
    public async Task FuseThatForbidsOrIsNotModelled(int word, uint value, string code)
    {
        using var bundle = new DemoBundleImages();
        await using var chip = TestChip.Start();
        bundle.Write(chip.Chip, key: null);
        using (var client = chip.Connect())
        {
            EfuseHost.Burn(client, 0, EfuseHost.Block0(word, value));
        }

        Fails(chip, code, "");
    }

    [TestMethod]
    public async Task TableWithoutDeployOrFactoryIsTold()
    {
        using var bundle = new DemoBundleImages();
        foreach (var (csv, code) in new[]
        {
            ("nvs,data,nvs,0x9000,0x6000\nota_0,app,ota_0,0x10000,0x1D0000\n", "103"),
            ("nvs,data,nvs,0x9000,0x6000\nfactory,app,factory,0x10000,0x1D0000\n", "105"),
        })
        {
            await using var chip = TestChip.Start();
            bundle.Write(chip.Chip, key: null, table: PartitionTable.ParseCsv(csv).ToBytes());
            Fails(chip, code, "");
        }
    }

    [TestMethod]
    public async Task EspsecureDecryptsTheFlashWithTheKeyFromEfuseBin()
    {
        using var bundle = new DemoBundleImages();
        await using var chip = TestChip.Start();
        (await Tool.EspefuseAsync(chip.Server, Key, ["burn_key", "flash_encryption", "/dev/stdin"])).Succeeded();
        bundle.Write(chip.Chip, Key);
        var (keyFile, cipherFile, plainFile) = (chip.Directory.File("key"), chip.Directory.File("cipher"), chip.Directory.File("plain"));
        File.WriteAllBytes(keyFile, File.ReadAllBytes(chip.Directory.EfuseFile)[0x68..0x88]);
        var image = bundle.Images[^1];
        File.WriteAllBytes(cipherFile, File.ReadAllBytes(chip.Directory.FlashFile).AsSpan((int)image.Address, image.Bytes.Length));
        (await Tool.RunAsync("espsecure", null, "decrypt_flash_data", "--keyfile", keyFile, "--address", $"0x{image.Address:X}", "-o", plainFile, cipherFile)).Succeeded();
        CollectionAssert.AreEqual(image.Bytes, File.ReadAllBytes(plainFile));
    }

    private static void BurnFor(TestChip chip, uint count, uint cryptConfig = 0xF)
    {
        using var client = chip.Connect();
        var block = new byte[32];
        Key.Reverse().ToArray().CopyTo(block, 0);
        EfuseHost.Burn(client, 1, [.. Enumerable.Range(0, 8).Select(i => BitConverter.ToUInt32(block, i * 4))]);
        EfuseHost.Burn(client, 0, [(count << 20) | 0x10080, 0, 0, 0, 0, cryptConfig << 28, 0]);
    }

    private static string Fails(TestChip chip, string? code, string hint)
    {
        using var boot = VirtualBoot.Run(chip.Chip);
        Assert.IsNotNull(boot.Failure);
        Assert.IsFalse(boot.Booted);
        Assert.IsTrue(boot.IdentityBlob.IsEmpty);
        Assert.AreEqual(code is null ? boot.Failure.Code : $"MKX-VCHIP-{code}", boot.Failure.Code, boot.Failure.Message);
        Assert.Contains(hint, boot.Failure.Message);
        return boot.Failure.Message;
    }
}
