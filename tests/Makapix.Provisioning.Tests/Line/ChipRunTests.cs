using System.Linq;
using System.Threading.Tasks;
using Makapix.Provisioning.Chips;
using Makapix.Provisioning.Images;
using Makapix.Provisioning.Line;
using Makapix.VirtualEsp32.Boot;
using Makapix.VirtualEsp32.Power;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Line;

/// <summary>The chips after the ESP32, from a fresh one to a device, by the real tools; the virtual silicon then decrypts and checks what it would start.</summary>
[TestClass]
public sealed class ChipRunTests
{
    // KEY_PURPOSE_n: XTS_AES_256_KEY_1 and _2; XTS_AES_128_KEY.
    [TestMethod]
    [DataRow("esp32s3", ProvisioningPolicy.Sealed, "MKX-CHIP-012", 2u, 3u, 2)]
    [DataRow("esp32c3", ProvisioningPolicy.Release, "MKX-CHIP-019", 4u, 0u, 1)]
    [DataRow("esp32c6", ProvisioningPolicy.Release, "MKX-CHIP-019", 4u, 0u, 1)]
    public async Task Fresh_chip_becomes_a_device_that_tells_nothing_of_itself_any_more(string kind, ProvisioningPolicy policy, string afterwards, uint purpose0, uint purpose1, int blocks)
    {
        await using var bench = new ChipBench(kind);
        var device = await bench.ProvisionAsync(policy);
        StringAssert.StartsWith(device.Chip, bench.Chip.Profile.Title);
        Assert.AreEqual(bench.Chip.Mac.ToString(), device.Mac);

        var efuses = bench.Chip.Efuses;
        for (var block = 0; block < blocks; block++)
        {
            var key = new byte[32];
            efuses.ReadBlock(4 + block, key);
            CollectionAssert.AreEqual(bench.KeyGiven.Skip(32 * block).Take(32).Reverse().ToArray(), key, $"BLOCK_KEY{block}");
        }

        Assert.AreEqual((1u << blocks) - 1, efuses.Read("RD_DIS"), "the key is hidden, and nothing else");
        Assert.AreEqual((7u, purpose0, purpose1, 1u), (efuses.Read("SPI_BOOT_CRYPT_CNT"), efuses.Read("KEY_PURPOSE_0"), efuses.Read("KEY_PURPOSE_1"), efuses.Read("ENABLE_SECURITY_DOWNLOAD")));
        Assert.AreEqual(policy == ProvisioningPolicy.Sealed ? 1u : 0, efuses.Read("DIS_DOWNLOAD_MODE"));
        Assert.HasCount(blocks, bench.Journal.Last(entry => entry.KeyHash is not null).KeyHash!.Split(' '));
        Boots(bench, device);

        Assert.AreEqual(afterwards, (await Assert.ThrowsExactlyAsync<ChipException>(() => bench.ProvisionAsync(policy))).Code);
    }

    // BLOCK_KEY1 is burned first, then BLOCK_KEY0, then in BLOCK0 what they are for and what hides them.
    [TestMethod]
    public async Task Power_cut_behind_a_key_in_two_blocks_is_finished_by_the_hash_of_each()
    {
        await using var bench = new ChipBench("esp32s3", new CutAt(PowerOperation.EfuseBurn, 3, seed: 7));
        await Assert.ThrowsExactlyAsync<ChipException>(() => bench.ProvisionAsync(ProvisioningPolicy.Lab));
        await bench.PowerDownAsync();
        bench.PowerUp();
        var device = await bench.ProvisionAsync(ProvisioningPolicy.Lab);
        Assert.IsTrue(device.Resumed);
        Boots(bench, device);
    }

    private static void Boots(ChipBench bench, ProvisionedDevice device)
    {
        using var boot = VirtualBoot.Run(bench.Chip);
        Assert.IsNull(boot.Failure, boot.Failure?.Message);
        Assert.IsTrue(boot.FlashEncrypted);
        Assert.AreEqual(device.DeviceId, IdentityBlob.Decode(boot.IdentityBlob.Span).DeviceId);
    }
}
