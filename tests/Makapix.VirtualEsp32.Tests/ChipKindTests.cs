using System.IO;
using System.Linq;
using Makapix.Provisioning.Chips.Profiles;
using Makapix.Provisioning.Images;
using Makapix.VirtualEsp32.Boot;
using Makapix.VirtualEsp32.Tests.Support;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.VirtualEsp32.Tests;

/// <summary>Chips of another kind than the ESP32: what a directory says of its kind, and what such a loader does.</summary>
[TestClass]
public sealed class ChipKindTests
{
    private const uint S3Efuse = 0x60007000;
    private const uint Conf = S3Efuse + 0x1CC;
    private const uint Cmd = S3Efuse + 0x1D4;
    private const int ReadOfBlock0 = 0x2C;
    private const int ReadOfKey1 = 0xBC;

    [TestMethod]
    public void Chip_stays_the_kind_that_it_was_made_as()
    {
        using var directory = new ChipDirectory();
        VirtualChip.Open(directory.Path, kind: Kind("esp32c3")).Dispose();
        using (var again = VirtualChip.Open(directory.Path))
        {
            Assert.AreEqual("esp32c3", again.Profile.Name);
        }

        Assert.AreEqual("MKX-VCHIP-015", Assert.ThrowsExactly<VirtualChipException>(() => VirtualChip.Open(directory.Path, kind: Kind("esp32c6"))).Code);
        File.WriteAllText(Path.Combine(directory.Path, "chip.kind"), "esp8266\n");
        Assert.AreEqual("MKX-VCHIP-016", Assert.ThrowsExactly<VirtualChipException>(() => VirtualChip.Open(directory.Path)).Code);
    }

    [TestMethod]
    public void Chip_from_before_there_were_kinds_is_an_ESP32()
    {
        using var directory = new ChipDirectory();
        VirtualChip.Open(directory.Path).Dispose();
        Assert.AreEqual("MKX-VCHIP-015", Assert.ThrowsExactly<VirtualChipException>(() => VirtualChip.Open(directory.Path, kind: Kind("esp32s3"))).Code);
        using var chip = VirtualChip.Open(directory.Path, kind: ChipProfiles.Esp32);
        Assert.AreEqual(ChipProfiles.Esp32, chip.Profile);
    }

    [TestMethod]
    [DataRow("esp32s3", 9u, 0x60007044u)]
    [DataRow("esp32c3", 5u, 0x60008844u)]
    [DataRow("esp32c6", 13u, 0x600B0844u)]
    public void Loader_says_which_chip_it_is_and_shows_its_address(string kind, uint id, uint mac)
    {
        using var host = new KindHost(kind);
        var told = host.Client.Expect(Op.GetSecurityInfo, []).Data;
        Assert.HasCount(20, told);
        Assert.AreEqual(id, System.BitConverter.ToUInt32(told, 12));
        var address = host.Chip.Mac.Value;
        Assert.AreEqual((uint)address, host.Client.ReadRegister(mac));
        Assert.AreEqual((uint)(address >> 32), host.Client.ReadRegister(mac + 4) & 0xFFFF);
    }

    [TestMethod]
    public void Hidden_key_is_zeros_to_software_and_lies_behind_the_registers_in_the_file()
    {
        using var host = new KindHost("esp32s3");
        var words = Enumerable.Range(1, 8).Select(i => (uint)i).ToArray();
        Burn(host.Client, block: 5, words);
        Assert.AreEqual(1u, host.Client.ReadRegister(S3Efuse + ReadOfKey1));
        Burn(host.Client, block: 0, 0, 1u << 1);
        Assert.AreEqual(0u, host.Client.ReadRegister(S3Efuse + ReadOfKey1));
        Assert.AreEqual(2u, host.Client.ReadRegister(S3Efuse + ReadOfBlock0 + 4));

        // Reversed, as espefuse burns a key, so that the file has it as espsecure takes it.
        var file = File.ReadAllBytes(host.EfuseFile);
        Assert.HasCount(0x2E0, file);
        CollectionAssert.AreEqual(words.SelectMany(System.BitConverter.GetBytes).Reverse().ToArray(), file[0x2A0..0x2C0]);
        host.Restart();
        var truth = new byte[32];
        host.Chip.Efuses.ReadBlock(5, truth);
        CollectionAssert.AreEqual(words.SelectMany(System.BitConverter.GetBytes).ToArray(), truth);
    }

    // WR_DIS bit 24 closes BLOCK_KEY1, bit 2 DIS_ICACHE and most of what decides about security.
    [TestMethod]
    public void Closed_fuses_stay_as_they_are()
    {
        using var host = new KindHost("esp32s3");
        Burn(host.Client, block: 0, (1u << 24) | (1u << 2));
        Burn(host.Client, block: 5, Enumerable.Repeat(uint.MaxValue, 8).ToArray());
        Burn(host.Client, block: 0, 0, 1u << 8, 1u << 18);
        Assert.AreEqual(0u, host.Client.ReadRegister(S3Efuse + ReadOfKey1));
        Assert.AreEqual(0u, host.Chip.Efuses.Read("DIS_ICACHE"));
        Assert.AreEqual(1u, host.Chip.Efuses.Read("SPI_BOOT_CRYPT_CNT"));
    }

    [TestMethod]
    public void Chip_in_secure_download_mode_takes_flash_and_tells_what_it_is_and_nothing_else()
    {
        using var host = new KindHost("esp32c3");
        Burn(host.Client, block: 0, [0, 0, 0, 0, 1u << 5], controller: 0x60008800);
        host.Restart();
        var flags = System.BitConverter.ToUInt32(host.Client.Expect(Op.GetSecurityInfo, []).Data);
        Assert.AreEqual(4u, flags);
        host.Client.Expect(Op.SpiAttach, LoaderClient.Words(0, 0));
        host.Client.Expect(Op.FlashBegin, LoaderClient.Words(4096, 1, 1024, 0x10000, 0));
        var refused = LoaderClient.Frame([1, 0, 4, 0, 0, 0, 0, 0, 1, 5, 0, 0]);
        var answer = host.Client.SendRawAndDrain(LoaderClient.Frame(LoaderClient.Packet(Op.ReadReg, LoaderClient.Words(0x60008844))));
        CollectionAssert.AreEqual(Enumerable.Repeat(refused, 8).SelectMany(bytes => bytes).ToArray(), answer);
    }

    // SECURE_BOOT_EN, and KEY_PURPOSE_2 = SECURE_BOOT_DIGEST0, whose slot SECURE_BOOT_KEY_REVOKE0 takes away.
    [TestMethod]
    [DataRow(0u, 9u, "MKX-VCHIP-110", DisplayName = "a digest, and firmware that is not signed")]
    [DataRow(1u << 21, 9u, "MKX-VCHIP-113", DisplayName = "a digest that is revoked")]
    [DataRow(0u, 0u, "MKX-VCHIP-113", DisplayName = "a block that is not told what it is for")]
    public void Digest_counts_that_is_called_one_and_not_revoked(uint revoked, uint purpose, string code)
    {
        using var host = new KindHost("esp32s3");
        using var bundle = new ChipDirectory();
        DemoBundle.Create(bundle.Path, chip: host.Chip.Profile);
        host.Chip.Flash.Program(0, File.ReadAllBytes(Path.Combine(bundle.Path, "bootloader.bin")));
        Burn(host.Client, block: 6, 1, 2, 3, 4, 5, 6, 7, 8);
        Burn(host.Client, block: 0, 0, 0, revoked, (1u << 20) | purpose);
        Fails(host, code);
    }

    [TestMethod]
    [DataRow(8, DisplayName = "DIS_ICACHE")]
    [DataRow(9, DisplayName = "DIS_DCACHE")]
    public void Chip_without_a_cache_starts_nothing(int bit)
    {
        using var host = new KindHost("esp32s3");
        Burn(host.Client, block: 0, 0, 1u << bit);
        Fails(host, "MKX-VCHIP-100");
    }

    private static void Fails(KindHost host, string code)
    {
        using var boot = VirtualBoot.Run(host.Chip);
        Assert.AreEqual(code, boot.Failure?.Code, boot.Failure?.Message);
    }

    private static ChipProfile Kind(string name) => ChipProfiles.Find(name)!;

    private static void Burn(LoaderClient client, uint block, params uint[] words) => Burn(client, block, words, S3Efuse);

    private static void Burn(LoaderClient client, uint block, uint[] words, uint controller)
    {
        for (var i = 0; i < words.Length; i++)
        {
            client.WriteRegister(controller + ((uint)i * 4), words[i]);
        }

        client.WriteRegister(controller + (Conf - S3Efuse), 0x5A5A);
        client.WriteRegister(controller + (Cmd - S3Efuse), 2 | (block << 2));
        client.WriteRegister(controller + (Conf - S3Efuse), 0x5AA5);
        client.WriteRegister(controller + (Cmd - S3Efuse), 1);
    }
}
