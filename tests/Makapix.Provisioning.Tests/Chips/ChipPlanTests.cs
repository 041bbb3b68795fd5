using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Threading.Tasks;
using Makapix.Provisioning.Chips;
using Makapix.Provisioning.Chips.Profiles;
using Makapix.Provisioning.Line;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Chips;

/// <summary>The eFuse plan of every chip, cipher and policy, burned by the real espefuse, and read back.</summary>
[TestClass]
public sealed class ChipPlanTests
{
    private static readonly string Digest = Convert.ToHexStringLower(SHA256.HashData("a public key"u8));

    public static IEnumerable<object[]> Ciphers => ChipProfiles.All.SelectMany(chip => chip.Ciphers.Select(cipher => new object[] { chip.Name, cipher.Kind }));

    public static IEnumerable<object[]> Plans => Ciphers.SelectMany(cipher => Enum.GetValues<ProvisioningPolicy>().Select(policy => new[] { cipher[0], cipher[1], policy }));

    public static IEnumerable<object[]> Successors => ChipProfiles.All.Where(chip => chip != ChipProfiles.Esp32).Select(chip => new object[] { chip.Name });

    [TestMethod]
    [DynamicData(nameof(Plans))]
    public async Task Chip_is_what_its_plan_says_call_by_call(string name, FlashCipherKind kind, ProvisioningPolicy policy)
    {
        var plan = Plan(name, kind, policy);
        using var efuses = await VirtualEfuses.FreshAsync(plan.Chip);
        var fresh = await efuses.ReadAsync();
        Assert.IsEmpty(EfusePlan.Foreign(plan.Chip, fresh));
        var table = plan.Table(fresh);
        CollectionAssert.AreEqual(table, plan.Table(EfuseSummary.OfFresh(plan.Chip)), "what is planned without a chip is what is planned for one");
        CollectionAssert.AreEqual(plan.Others(fresh), plan.Others(EfuseSummary.OfFresh(plan.Chip)));

        var calls = plan.Burn(fresh, Key(plan));
        Assert.IsNotNull(calls[0].Key, "the key comes first");
        await efuses.BurnAsync(calls);
        var burned = await efuses.ReadAsync();
        Assert.IsEmpty(plan.Differences(burned, locked: false), string.Join(", ", plan.Differences(burned, locked: false)));
        await efuses.BurnAsync(plan.Lock(burned));
        var locked = await efuses.ReadAsync();
        Assert.IsEmpty(plan.Differences(locked, locked: true), string.Join(", ", plan.Differences(locked, locked: true)));
        Assert.IsTrue(plan.SigningKeyDigest is null || locked.Block(plan.Chip.SecureBoot.Digest.Block).Readable, "no chip starts whose digest is hidden");
        CollectionAssert.AreEqual(plan.Others(fresh).Select(other => $"{other.Name} {other.After}").ToArray(), plan.Others(locked).Select(other => $"{other.Name} {other.Now}").ToArray());
        foreach (var row in plan.Table(locked))
        {
            var planned = table.Single(before => before.Name == row.Name);
            Assert.AreNotEqual(planned.Now, planned.After, $"{row.Name} was not there before");
            Assert.IsTrue(row.Now == row.After || row.Now == "read-protected" || row.After == $"{row.Now}, write-protected", $"{row.Name} is {row.Now}, planned was {row.After}");
        }
    }

    [TestMethod]
    [DynamicData(nameof(Ciphers))]
    public async Task Each_part_of_the_key_is_in_its_block_for_its_purpose(string name, FlashCipherKind kind)
    {
        var plan = Plan(name, kind, ProvisioningPolicy.Release);
        using var efuses = await VirtualEfuses.FreshAsync(plan.Chip);
        efuses.LeaveKeysOpen = true;
        await efuses.BurnAsync(plan.Burn(await efuses.ReadAsync(), Key(plan))[0]);
        var summary = await efuses.ReadAsync();
        var hashes = KeyHashes(plan);
        for (var i = 0; i < plan.Cipher.Parts.Length; i++)
        {
            var part = plan.Cipher.Parts[i];
            Assert.AreEqual(hashes[i], summary.Block(part.Block).KeyHash, part.Block);
            if (part.Purpose is { } purpose)
            {
                Assert.AreEqual(purpose.Words, summary.Words(purpose.Field));
                Assert.AreEqual(purpose.Number, summary.Number(purpose.Field));
            }
        }
    }

    [TestMethod]
    [DynamicData(nameof(Ciphers))]
    public async Task Burn_that_stopped_between_two_calls_is_finished(string name, FlashCipherKind kind)
    {
        var plan = Plan(name, kind, ProvisioningPolicy.Release);
        using var efuses = await VirtualEfuses.FreshAsync(plan.Chip);
        await efuses.BurnAsync(plan.Burn(await efuses.ReadAsync(), Key(plan))[0]);
        var missing = plan.Remaining(await efuses.ReadAsync(), KeyHashes(plan));
        Assert.IsTrue(missing.All(burn => burn.Key is null), "the key is gone from memory");
        await efuses.BurnAsync(missing);
        var finished = await efuses.ReadAsync();
        Assert.IsEmpty(plan.Differences(finished, locked: false));
        Assert.IsEmpty(plan.Remaining(finished, KeyHashes(plan)));
    }

    [TestMethod]
    [DynamicData(nameof(Successors))]
    public async Task Key_burned_whole_and_not_yet_protected_is_protected_if_it_is_the_right_one(string name)
    {
        var plan = EfusePlan.For(ChipProfiles.Find(name)!, ProvisioningPolicy.Release);
        using var efuses = await VirtualEfuses.FreshAsync(plan.Chip);
        efuses.LeaveKeysOpen = true;
        await efuses.BurnAsync(plan.Burn(await efuses.ReadAsync(), Key(plan))[0]);
        var cut = await efuses.ReadAsync();

        var wrong = KeyHashes(plan).ToArray();
        wrong[^1] = new string('0', 64);
        var scrap = Assert.ThrowsExactly<LineException>(() => plan.Remaining(cut, wrong));
        Assert.AreEqual("MKX-LINE-120", scrap.Code);
        Assert.Contains(plan.Cipher.Parts[^1].Block, scrap.Message);

        await efuses.BurnAsync(plan.Remaining(cut, KeyHashes(plan)));
        Assert.IsEmpty(plan.Differences(await efuses.ReadAsync(), locked: false));
    }

    [TestMethod]
    [DynamicData(nameof(Successors))]
    public async Task Closing_a_group_first_would_leave_what_is_in_it_open_for_ever(string name)
    {
        var plan = EfusePlan.For(ChipProfiles.Find(name)!, ProvisioningPolicy.Release);
        using var efuses = await VirtualEfuses.FreshAsync(plan.Chip);
        var calls = plan.Burn(await efuses.ReadAsync(), Key(plan));
        await efuses.BurnAsync(calls[^1]);
        var error = await Assert.ThrowsExactlyAsync<ChipException>(() => efuses.BurnAsync(calls[^2]));
        Assert.Contains("write-protected", error.Message);
        Assert.AreEqual(0u, (await efuses.ReadAsync()).Number("DIS_PAD_JTAG"));
    }

    [TestMethod]
    [DynamicData(nameof(Successors))]
    public async Task Encryption_that_can_be_turned_off_again_is_told_from_encryption_for_ever_though_espefuse_has_one_word_for_both(string name)
    {
        var chip = ChipProfiles.Find(name)!;
        var lab = EfusePlan.For(chip, ProvisioningPolicy.Lab);
        using var efuses = await VirtualEfuses.FreshAsync(chip);
        await efuses.BurnAsync(lab.Burn(await efuses.ReadAsync(), Key(lab)));
        var summary = await efuses.ReadAsync();
        Assert.AreEqual("Enable", summary.Words("SPI_BOOT_CRYPT_CNT"));
        Assert.AreEqual(1u, summary.Number("SPI_BOOT_CRYPT_CNT"));
        Assert.Contains("SPI_BOOT_CRYPT_CNT is 0x1 instead of 0x7", EfusePlan.For(chip, ProvisioningPolicy.Release).Differences(summary, locked: false));
    }

    [TestMethod]
    [DynamicData(nameof(Successors))]
    public async Task Chip_that_somebody_has_fused_is_named_for_what_was_burned(string name)
    {
        var chip = ChipProfiles.Find(name)!;
        using var efuses = await VirtualEfuses.FreshAsync(chip);
        var key = chip.Cipher(FlashCipherKind.XtsAes128) with { Burn = new KeyBurnWords("BLOCK_KEY3", "HMAC_UP"), Parts = [new KeyPart("BLOCK_KEY3", "BLOCK7", 3, 26, null)] };
        await efuses.BurnAsync(new EfuseBurn { Key = new KeyBurn(key, RandomNumberGenerator.GetBytes(32)), Values = [("SECURE_BOOT_EN", 1), ("SOFT_DIS_JTAG", 1)] });
        CollectionAssert.AreEquivalent(
            new[] { "SOFT_DIS_JTAG = 0x1", "SECURE_BOOT_EN = 0x1", "KEY_PURPOSE_3 = 0x8", "WR_DIS = 0x4000800", "RD_DIS = 0x8", "BLOCK_KEY3 holds a key" },
            EfusePlan.Foreign(chip, await efuses.ReadAsync()).ToArray());
        var plan = EfusePlan.For(chip, ProvisioningPolicy.Release);
        Assert.AreEqual("MKX-LINE-121", Assert.ThrowsExactly<LineException>(() => plan.Remaining(efuses.ReadAsync().GetAwaiter().GetResult(), KeyHashes(plan))).Code);
    }

    [TestMethod]
    [DynamicData(nameof(Successors))]
    public async Task Name_that_the_chip_does_not_have_is_an_error_and_burns_nothing(string name)
    {
        var chip = ChipProfiles.Find(name)!;
        using var efuses = await VirtualEfuses.FreshAsync(chip);
        var fresh = await efuses.ReadAsync();
        foreach (var burn in new[]
        {
            new EfuseBurn { Values = [("DIS_PAD_JTAG", 1), ("JTAG_DISABLE", 1)] },
            new EfuseBurn { Values = [("DIS_PAD_JTAG", 1)], WriteProtect = ["DIS_CACHE"] },
            new EfuseBurn { Values = [("DIS_PAD_JTAG", 1)], Key = new KeyBurn(ChipProfiles.Esp32.Ciphers[0], new byte[32]) },
            new EfuseBurn { Values = [("SOFT_DIS_JTAG", 8)] },
        })
        {
            await Assert.ThrowsExactlyAsync<ChipException>(() => efuses.BurnAsync(burn));
        }

        Assert.IsEmpty(EfusePlan.Foreign(chip, await efuses.ReadAsync()));
        var strange = EfusePlan.For(ChipProfiles.Esp32, ProvisioningPolicy.Release);
        Assert.AreEqual("MKX-CHIP-006", Assert.ThrowsExactly<ChipException>(() => strange.Burn(fresh, new byte[32])).Code);
    }

    // Sealed devices of these tests are for signed firmware, the others are not.
    private static EfusePlan Plan(string name, FlashCipherKind kind, ProvisioningPolicy policy) => EfusePlan.For(ChipProfiles.Find(name)!, kind, policy, policy == ProvisioningPolicy.Sealed ? Digest : null);

    private static byte[] Key(EfusePlan plan) => [.. Enumerable.Range(1, plan.Cipher.KeyLength).Select(i => (byte)i)];

    private static string[] KeyHashes(EfusePlan plan) => [.. Key(plan).Chunk(32).Select(part => Convert.ToHexStringLower(SHA256.HashData(part)))];
}
