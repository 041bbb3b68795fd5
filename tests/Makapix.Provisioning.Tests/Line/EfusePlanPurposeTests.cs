using System.Collections.Generic;
using System.Linq;
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

    private static EfusePlan Plan => EfusePlan.For(Chip, ProvisioningPolicy.Release);

    private static EfuseSummary Summary(uint first, uint second, uint closed, bool hidden)
    {
        var burned = new Dictionary<string, uint> { ["KEY_PURPOSE_0"] = first, ["KEY_PURPOSE_1"] = second, [ChipProfile.WriteDisable] = closed, [ChipProfile.ReadDisable] = hidden ? 3u : 0 };
        var keys = Hashes.Select((hash, i) => new EfuseBlock($"BLOCK_KEY{i}", Readable: !hidden, Writeable: true, IsEmpty: false, hidden ? null : hash)).ToList();
        return new EfuseSummary(
            default,
            Chip.Fields.Select(field => new EfuseField(field.Name, burned.GetValueOrDefault(field.Name), null)),
            Chip.KeyBlocks.Select(name => keys.Find(key => key.Name == name) ?? new EfuseBlock(name, Readable: true, Writeable: true, IsEmpty: true, KeyHash: null)));
    }
}
