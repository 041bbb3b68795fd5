using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using Makapix.Provisioning.Chips.Profiles;
using Makapix.Provisioning.Line;
using Makapix.Provisioning.Tests.Chips;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Line;

[TestClass]
public sealed class EfusePlanTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];
    private static readonly string KeyHash = Convert.ToHexStringLower(SHA256.HashData(Key));

    private static readonly byte[] Digest = SHA256.HashData("a public key"u8);

    public static IEnumerable<object[]> SecurityFields => ChipProfiles.Esp32.Fields.Select(security => new object[] { security.Name });

    /// <summary>A released chip that starts signed firmware only.</summary>
    private static string Done => Recorded.ReleaseSummary.BurnDigest(Digest).Burn("WR_DIS", 0x189).Burn("ABS_DONE_1", 1);

    [TestMethod]
    public void Fresh_chip_has_nothing_foreign() => Assert.IsEmpty(EfusePlan.Foreign(ChipProfiles.Esp32, SummaryText.Read(Recorded.FreshSummary)));

    [TestMethod]
    public void Console_that_Espressif_turned_off_in_the_factory_is_nothing_foreign()
    {
        var summary = SummaryText.Read(Recorded.FreshSummary.Burn("CONSOLE_DEBUG_DISABLE", 1));
        Assert.IsEmpty(EfusePlan.Foreign(ChipProfiles.Esp32, summary));
        Assert.DoesNotContain("CONSOLE_DEBUG_DISABLE", Plan().Burn(summary, Key).Single().Values.Select(v => v.Name), "it is not burned again");
    }

    [TestMethod]
    [DynamicData(nameof(SecurityFields))]
    public void Any_security_eFuse_that_somebody_burned_is_named(string name)
    {
        var foreign = EfusePlan.Foreign(ChipProfiles.Esp32, SummaryText.Read(Recorded.FreshSummary.Burn(name, 1)));
        CollectionAssert.AreEqual(name == "CONSOLE_DEBUG_DISABLE" ? [] : new[] { $"{name} = 0x1" }, foreign.ToArray());
    }

    [TestMethod]
    public void Key_blocks_that_are_not_empty_are_named()
    {
        CollectionAssert.AreEqual(new[] { "BLOCK1 holds a key" }, EfusePlan.Foreign(ChipProfiles.Esp32, SummaryText.Read(Recorded.FreshSummary.BurnKey(Key))).ToArray());
        var secureBoot = Recorded.FreshSummary.Set("BLOCK2", string.Join(' ', Enumerable.Repeat("01", 32)));
        CollectionAssert.AreEqual(new[] { "BLOCK2 holds a key" }, EfusePlan.Foreign(ChipProfiles.Esp32, SummaryText.Read(secureBoot)).ToArray());
    }

    [TestMethod]
    public void Released_chip_is_as_planned() => Assert.IsEmpty(Plan().Differences(SummaryText.Read(Recorded.ReleaseSummary), locked: false));

    [TestMethod]
    [DynamicData(nameof(SecurityFields))]
    public void Any_security_eFuse_that_is_not_as_planned_is_named(string name)
    {
        var before = SummaryText.Read(Recorded.ReleaseSummary).Number(name);
        var differences = Plan().Differences(SummaryText.Read(Recorded.ReleaseSummary.Burn(name, before ^ 1)), locked: false);
        CollectionAssert.AreEqual(new[] { $"{name} is 0x{before ^ 1:x} instead of 0x{before:x}" }, differences.ToArray());
    }

    [TestMethod]
    public void Key_that_can_be_read_or_overwritten_is_a_difference()
    {
        Assert.Contains("BLOCK1 can be read", Plan().Differences(SummaryText.Read(Recorded.ReleaseSummary.BurnKey(Key, writeable: false)), locked: false));
        Assert.Contains("BLOCK1 can be written", Plan().Differences(SummaryText.Read(Recorded.ReleaseSummary.BurnKey(Key, readable: false)), locked: false));
    }

    [TestMethod]
    public void Sealed_plan_ends_with_the_loader_turned_off()
    {
        var plan = EfusePlan.For(ChipProfiles.Esp32, ProvisioningPolicy.Sealed);
        Assert.IsNotEmpty(plan.Differences(SummaryText.Read(Recorded.ReleaseSummary), locked: true));
        Assert.IsEmpty(plan.Differences(SummaryText.Read(Recorded.ReleaseSummary.Burn("UART_DOWNLOAD_DIS", 1)), locked: true));
        CollectionAssert.AreEqual(new[] { ("UART_DOWNLOAD_DIS", 1u) }, plan.Lock(SummaryText.Read(Recorded.ReleaseSummary)).Values.ToArray());
    }

    [TestMethod]
    public void Key_burned_whole_and_not_yet_protected_is_protected_and_the_rest_burned()
    {
        var missing = Plan().Remaining(SummaryText.Read(Recorded.FreshSummary.BurnKey(Key)), [KeyHash]).Single();
        Assert.IsNull(missing.Key);
        CollectionAssert.AreEqual(new[] { "BLOCK1" }, missing.ReadProtect.ToArray());
        CollectionAssert.AreEqual(new[] { "BLOCK1", "DIS_CACHE" }, missing.WriteProtect.ToArray());
        Assert.HasCount(7, missing.Values);
    }

    [TestMethod]
    public void Half_burned_counter_is_burned_on()
    {
        var half = Recorded.ReleaseSummary.Burn("FLASH_CRYPT_CNT", 0b0100110).Burn("WR_DIS", 0x80);
        var missing = Plan().Remaining(SummaryText.Read(half), [KeyHash]).Single();
        CollectionAssert.AreEqual(new[] { ("FLASH_CRYPT_CNT", 127u) }, missing.Values.ToArray());
        CollectionAssert.AreEqual(new[] { "DIS_CACHE" }, missing.WriteProtect.ToArray());
        Assert.IsEmpty(missing.ReadProtect);
    }

    [TestMethod]
    public void Nothing_is_missing_on_a_finished_chip() => Assert.IsEmpty(Plan().Remaining(SummaryText.Read(Recorded.ReleaseSummary), [KeyHash]));

    [TestMethod]
    [DataRow(0, DisplayName = "one bit of the key missing")]
    [DataRow(31, DisplayName = "last byte missing")]
    public void Key_burned_in_part_makes_the_board_scrap(int at)
    {
        var part = Key.ToArray();
        part[at] &= (byte)(part[at] - 1);
        var error = Assert.ThrowsExactly<LineException>(() => Plan().Remaining(SummaryText.Read(Recorded.FreshSummary.BurnKey(part)), [KeyHash]));
        Assert.AreEqual("MKX-LINE-120", error.Code);
    }

    [TestMethod]
    public void Fuses_of_another_tool_are_not_built_upon()
    {
        foreach (var (name, value) in new[] { ("ABS_DONE_1", 1u), ("WR_DIS", 0x1u), ("RD_DIS", 0x8u), ("UART_DOWNLOAD_DIS", 1u) })
        {
            var error = Assert.ThrowsExactly<LineException>(() => Plan().Remaining(SummaryText.Read(Recorded.ReleaseSummary.Burn(name, value)), [KeyHash]));
            Assert.AreEqual("MKX-LINE-121", error.Code);
            StringAssert.Contains(error.Cause, name);
        }
    }

    [TestMethod]
    public void Secure_boot_comes_after_all_of_flash_encryption_and_is_turned_on_last()
    {
        var burns = SignedPlan().Burn(SummaryText.Read(Recorded.FreshSummary), Key);
        Assert.HasCount(3, burns);
        CollectionAssert.AreEqual(new[] { "key for flash_encryption", "key for secure_boot_v2" }, burns.Take(2).Select(burn => burn.Key!.ToString()).ToArray());
        CollectionAssert.AreEqual(Digest, burns[1].Key!.Bytes.ToArray());
        CollectionAssert.AreEqual(new[] { "RD_DIS" }, burns[1].WriteProtect.ToArray());
        CollectionAssert.AreEqual(new[] { ("ABS_DONE_1", 1u) }, burns[2].Values.ToArray());
        Assert.IsTrue(burns.All(burn => burn.ReadProtect.IsEmpty), "the digest stays readable");
    }

    [TestMethod]
    public void Secure_boot_that_was_begun_is_gone_on_with()
    {
        foreach (var (what, chip, calls) in new[]
        {
            ("nothing of it", Recorded.ReleaseSummary, new[] { "key RD_DIS", "ABS_DONE_1" }),
            ("digest, not protected", Recorded.ReleaseSummary.BurnDigest(Digest, writeable: true), ["BLOCK2 RD_DIS", "ABS_DONE_1"]),
            ("digest", Recorded.ReleaseSummary.BurnDigest(Digest).Burn("WR_DIS", 0x188), ["RD_DIS", "ABS_DONE_1"]),
            ("all but the switch", Recorded.ReleaseSummary.BurnDigest(Digest).Burn("WR_DIS", 0x189), ["ABS_DONE_1"]),
            ("all", Done, []),
        })
        {
            var missing = SignedPlan().Remaining(SummaryText.Read(chip), [KeyHash]);
            CollectionAssert.AreEqual(calls, missing.Select(burn => string.Join(' ', [.. burn.Key is null ? [] : new[] { "key" }, .. burn.WriteProtect, .. burn.Values.Select(value => value.Name)])).ToArray(), what);
        }

        Assert.IsEmpty(SignedPlan().Differences(SummaryText.Read(Done), locked: false));
    }

    [TestMethod]
    public void Chip_that_shows_another_digest_or_none_never_has_secure_boot_turned_on()
    {
        var part = Digest.ToArray();
        part[5] &= (byte)(part[5] - 1);
        foreach (var (what, chip) in new[]
        {
            ("burned in part", Recorded.ReleaseSummary.BurnDigest(part)),
            ("somebody else's", Recorded.ReleaseSummary.BurnDigest(Key)),
            ("hidden, so that the chip would never start", Recorded.ReleaseSummary.BurnDigest(Digest, readable: false)),
        })
        {
            Assert.AreEqual("MKX-LINE-123", Assert.ThrowsExactly<LineException>(() => SignedPlan().Remaining(SummaryText.Read(chip), [KeyHash]), what).Code, what);
            Assert.Contains("BLOCK2 does not hold the digest of the signing key", SignedPlan().Differences(SummaryText.Read(chip), locked: false), what);
        }

        var other = EfusePlan.For(ChipProfiles.Esp32, ProvisioningPolicy.Release).Differences(SummaryText.Read(Done), locked: false);
        CollectionAssert.IsSubsetOf(new[] { "BLOCK2 is not empty", "ABS_DONE_1 is 0x1 instead of 0x0" }, other.ToArray());
    }

    private static EfusePlan SignedPlan() => EfusePlan.For(ChipProfiles.Esp32, ProvisioningPolicy.Release, Convert.ToHexStringLower(Digest));

    private static EfusePlan Plan() => EfusePlan.For(ChipProfiles.Esp32, ProvisioningPolicy.Release);
}
