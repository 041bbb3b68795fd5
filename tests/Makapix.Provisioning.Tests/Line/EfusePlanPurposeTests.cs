using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using Makapix.Provisioning.Chips;
using Makapix.Provisioning.Chips.Profiles;
using Makapix.Provisioning.Line;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Line;

/// <summary>What is missing where the power went while an ESP32-S3 was told what its key blocks are for: any bits of that burn may be set, and any not.</summary>
[TestClass]
public sealed class EfusePlanPurposeTests
{
    private const uint PurposesClosed = 0x300;
    private const uint DigestPurposeClosed = 0x400;
    private static readonly string Digest = new('d', 64);
    private static readonly ChipProfile Chip = ChipProfiles.Find("esp32s3")!;
    private static readonly string[] Hashes = [new('a', 64), new('b', 64)];

    [TestMethod]
    [DataRow(0u, 0u, DisplayName = "not at all")]
    [DataRow(2u, 1u, DisplayName = "in part")]
    public void Blocks_are_told_what_they_are_for_before_they_are_hidden(uint first, uint second)
    {
        var missing = Plan.Remaining(Summary(first, second, closed: 0, hidden: false), Hashes);
        CollectionAssert.AreEqual(new[] { "KEY_PURPOSE_0", "KEY_PURPOSE_1" }.Where(name => name != "KEY_PURPOSE_0" || first != 2).ToArray(), missing[0].Values.Select(value => value.Name).ToArray());
        Assert.IsEmpty(missing[0].ReadProtect);
        Assert.IsEmpty(missing[0].WriteProtect);
        CollectionAssert.AreEqual(new[] { "BLOCK_KEY0", "BLOCK_KEY1" }, missing[1].ReadProtect);
        CollectionAssert.AreEqual(new[] { "BLOCK_KEY0", "BLOCK_KEY1", "KEY_PURPOSE_0", "KEY_PURPOSE_1" }, missing[1].WriteProtect);
        Assert.IsEmpty(missing[1].Values);
    }

    [TestMethod]
    public void Hidden_blocks_are_told_in_one_call()
    {
        var missing = Plan.Remaining(Summary(0, 3, closed: 0, hidden: true), Hashes);
        Assert.AreEqual(("KEY_PURPOSE_0", 2u), missing[0].Values.Single());
        Assert.IsEmpty(missing[0].ReadProtect);
        Assert.IsTrue(missing[0].WriteProtect.Contains("KEY_PURPOSE_0"));
    }

    [TestMethod]
    [DataRow(0u, 3u)]
    [DataRow(2u, 1u)]
    public void Purpose_that_was_closed_too_early_is_scrap(uint first, uint second)
    {
        foreach (var hidden in new[] { false, true })
        {
            Assert.AreEqual("MKX-LINE-124", Assert.ThrowsExactly<LineException>(() => Plan.Remaining(Summary(first, second, PurposesClosed, hidden), Hashes)).Code);
        }
    }

    // SECURE_BOOT_DIGEST0 is 9: the power left none of its bits, or one of the two.
    [TestMethod]
    [DataRow(0u)]
    [DataRow(1u)]
    [DataRow(8u)]
    public void Purpose_of_the_digest_that_was_closed_too_early_is_scrap_and_else_it_is_finished(uint purpose)
    {
        var error = Assert.ThrowsExactly<LineException>(() => Signed.Remaining(Summary(2, 3, PurposesClosed | DigestPurposeClosed, hidden: true, purpose), Hashes));
        Assert.AreEqual("MKX-LINE-124", error.Code);
        Assert.Contains($"KEY_PURPOSE_2 is 0x{purpose:x} instead of 0x9", error.Cause);

        var missing = Signed.Remaining(Summary(2, 3, PurposesClosed, hidden: true, purpose), Hashes);
        var digest = missing.Single(burn => burn.Values.Contains(("KEY_PURPOSE_2", 9u)));
        Assert.IsNull(digest.Key, "the block holds it already");
        CollectionAssert.IsSubsetOf(new[] { "BLOCK_KEY2", "KEY_PURPOSE_2", "RD_DIS" }, digest.WriteProtect);
        Assert.IsEmpty(digest.ReadProtect, "the ROM must see it");
        Assert.AreEqual(("SECURE_BOOT_EN", 1u), missing[^1].Values.Single(), "last, and alone");
    }

    [TestMethod]
    [DataRow(false, true)]
    [DataRow(true, false)]
    public void Key_that_can_be_read_is_known_as_exposed(bool hidden, bool shown) => Assert.AreEqual(shown, Plan.ShowsKey(Summary(2, 3, PurposesClosed, hidden)));

    private static EfusePlan Plan => EfusePlan.For(Chip, ProvisioningPolicy.Release);

    private static EfusePlan Signed => EfusePlan.For(Chip, ProvisioningPolicy.Release, Digest);

    private static EfuseSummary Summary(uint first, uint second, uint closed, bool hidden, uint? third = null)
    {
        var burned = new Dictionary<string, uint> { ["KEY_PURPOSE_0"] = first, ["KEY_PURPOSE_1"] = second, ["KEY_PURPOSE_2"] = third ?? 0, [ChipProfile.WriteDisable] = closed, [ChipProfile.ReadDisable] = hidden ? 3u : 0 };
        var keys = Hashes.Select((hash, i) => new EfuseBlock($"BLOCK_KEY{i}", Readable: !hidden, Writeable: true, IsEmpty: false, hidden ? null : hash)).ToList();
        if (third is not null)
        {
            // As it is burned: the hash is of what espefuse shows, turned round.
            keys.Add(new EfuseBlock("BLOCK_KEY2", Readable: true, Writeable: true, IsEmpty: false, Convert.ToHexStringLower(SHA256.HashData([.. Convert.FromHexString(Digest).Reverse()]))));
        }

        return new EfuseSummary(
            default,
            Chip.Fields.Select(field => new EfuseField(field.Name, burned.GetValueOrDefault(field.Name), null)),
            Chip.KeyBlocks.Select(name => keys.Find(key => key.Name == name) ?? new EfuseBlock(name, Readable: true, Writeable: true, IsEmpty: true, KeyHash: null)));
    }
}
