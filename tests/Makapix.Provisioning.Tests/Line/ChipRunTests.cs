using System;
using System.Linq;
using System.Threading.Tasks;
using Makapix.Provisioning.Chips;
using Makapix.Provisioning.Chips.Profiles;
using Makapix.Provisioning.Images;
using Makapix.Provisioning.Line;
using Makapix.Provisioning.Tests.Images.Signing;
using Makapix.VirtualEsp32.Boot;
using Makapix.VirtualEsp32.Power;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Line;

/// <summary>The chips after the ESP32, from a fresh one to a device, by the real tools; the virtual silicon then decrypts what it would start, and checks who signed it.</summary>
[TestClass]
public sealed class ChipRunTests
{
    // WR_DIS of RD_DIS, KEY_PURPOSE_2 and BLOCK_KEY2.
    private const uint ClosedBySecureBoot = (1u << 0) | (1u << 10) | (1u << 25);

    // KEY_PURPOSE_n: XTS_AES_256_KEY_1 and _2; XTS_AES_128_KEY.
    [TestMethod]
    [DataRow("esp32s3", ProvisioningPolicy.Sealed, "MKX-CHIP-012", 2u, 3u, 2)]
    [DataRow("esp32c3", ProvisioningPolicy.Release, "MKX-CHIP-019", 4u, 0u, 1)]
    [DataRow("esp32c6", ProvisioningPolicy.Release, "MKX-CHIP-019", 4u, 0u, 1)]
    public async Task Fresh_chip_becomes_a_device_that_tells_nothing_of_itself_any_more(string kind, ProvisioningPolicy policy, string afterwards, uint purpose0, uint purpose1, int blocks)
    {
        await using var bench = new ChipBench(kind, bundle: await SigningBench.SignedAsync(ChipProfiles.Find(kind)!));
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
        Assert.AreEqual((7u, purpose0, purpose1), (efuses.Read("SPI_BOOT_CRYPT_CNT"), efuses.Read("KEY_PURPOSE_0"), efuses.Read("KEY_PURPOSE_1")));
        Assert.AreEqual(policy == ProvisioningPolicy.Sealed ? (0u, 1u) : (1u, 0u), (efuses.Read("ENABLE_SECURITY_DOWNLOAD"), efuses.Read("DIS_DOWNLOAD_MODE")), "one lock, of one bit");
        TrustsOneKey(bench);
        Assert.HasCount(blocks, bench.Journal.Last(entry => entry.KeyHash is not null).KeyHash!.Split(' '));
        Boots(bench, device);

        // While another test locks its board, the line says that it may be that one (106), and why it cannot tell.
        var refused = await Assert.ThrowsAsync<MakapixException>(() => bench.ProvisionAsync(policy));
        Assert.AreEqual(afterwards, ((refused is LineException ? refused.InnerException : refused) as ChipException)?.Code, refused.Message);
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

    // SECURE_BOOT_DIGEST0 in BLOCK6, which is closed, as is what could hide it; no place for a second key.
    private static void TrustsOneKey(ChipBench bench)
    {
        var efuses = bench.Chip.Efuses;
        var digest = new byte[32];
        efuses.ReadBlock(6, digest);
        Assert.AreEqual(bench.Bundle.SigningKeyDigest, Convert.ToHexStringLower(digest));
        Assert.AreEqual((1u, 9u), (efuses.Read("SECURE_BOOT_EN"), efuses.Read("KEY_PURPOSE_2")));
        Assert.AreEqual((0u, 1u, 1u), (efuses.Read("SECURE_BOOT_KEY_REVOKE0"), efuses.Read("SECURE_BOOT_KEY_REVOKE1"), efuses.Read("SECURE_BOOT_KEY_REVOKE2")));
        Assert.AreEqual(ClosedBySecureBoot, efuses.Read("WR_DIS") & ClosedBySecureBoot);
    }

    private static void Boots(ChipBench bench, ProvisionedDevice device)
    {
        using var boot = VirtualBoot.Run(bench.Chip);
        Assert.IsNull(boot.Failure, boot.Failure?.Message);
        Assert.IsTrue(boot.FlashEncrypted);
        Assert.AreEqual(device.DeviceId, IdentityBlob.Decode(boot.IdentityBlob.Span).DeviceId);
    }
}
