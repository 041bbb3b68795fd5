using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Makapix.Provisioning.Chips;
using Makapix.Provisioning.Chips.Profiles;
using Makapix.Provisioning.Images;
using Makapix.Provisioning.Line;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Chips;

/// <summary>The data of the chips: held against the real espefuse, and against what may not be in it.</summary>
[TestClass]
public sealed class ChipProfileTests
{
    private const int BitsOfNumber = 5;

    public static IEnumerable<object[]> Chips => ChipProfiles.All.Select(chip => new object[] { chip.Name });

    public static IEnumerable<object[]> Broken =>
    [
        Case("unknown member", p => p["fuse"] = 1),
        Case("member missing", p => p.Remove("bootloader")),
        Case("no hex number", p => p["bootloader"] = "0xZ"),
        Case("negative number", p => p["bootloader"] = -1),
        Case("unknown cipher", p => p["ciphers"]![0]!["kind"] = "rot13"),
        Case("unknown action", p => p["burns"]![1]!["action"] = "clear"),
        Case("action by number", p => p["burns"]![1]!["action"] = 2),
        Case("key that does not fill its blocks", p => p["ciphers"]![0]!["keyLength"] = 32),
        Case("key in a block that is none", p => p["ciphers"]![0]!["parts"]![0]!["block"] = "BLOCK_USR_DATA"),
        Case("purpose that is closed by another bit", p => p["ciphers"]![0]!["parts"]![0]!["purpose"]!["writeDisableBit"] = 9),
        Case("field there twice", p => p["fields"]!.AsArray().Add(p["fields"]![0]!.DeepClone())),
        Case("field that is not watched is burned", p => p["burns"]![3]!["name"] = "DIS_TWAI"),
        Case("more bits than the field has", p => p["burns"]![10]!["value"] = 8),
        Case("nothing burned to 0", p => p["burns"]![2]!["value"] = 0),
        Case("field that nothing closes is closed", p => p["burns"]![8]!["name"] = "WR_DIS"),
        Case("key after what it is for", p => p["burns"]!.AsArray().Add(Taken(p, 0, call: 3))),
        Case("no key", p => p["burns"]!.AsArray().RemoveAt(0)),
        Case("calls out of order", p => p["burns"]![0]!["call"] = 3),
        Case("group closed in the call that burns it", p => p["burns"]![8]!["call"] = 2),
        Case("group closed before the lock that is in it", p => p["burns"]![8]!["name"] = "DIS_DIRECT_BOOT"),
        Case("digest in a block of the flash key", p => p["secureBoot"]!["digest"]!["block"] = "BLOCK_KEY1"),
        Case("secure boot turned on before the digest is there", p => p["secureBoot"]!["burns"]!.AsArray().Insert(0, Taken(p, "secureBoot", 5, call: 1))),
        Case("secure boot turned on in the call that closes the digest", p => p["secureBoot"]!["burns"]![5]!["call"] = 1),
        Case("secure boot that is not turned on", p => p["secureBoot"]!["burns"]!.AsArray().RemoveAt(5)),
        Case("secure boot whose first call is not the digest's", p => p["secureBoot"]!["burns"]!.AsArray().Insert(0, Taken(p, "secureBoot", 1, call: 1))),
        Case("no digest", p => p["secureBoot"]!["burns"]!.AsArray().RemoveAt(0)),
        Case("digest that can be hidden afterwards", p => p["secureBoot"]!["burns"]!.AsArray().RemoveAt(4)),
        Case("RD_DIS closed together with the flash key, which then stays readable", p => p["burns"]!.AsArray().Insert(1, Taken(p, "secureBoot", 4, call: 1))),
        Case("digest burned without secure boot", p => p["burns"]!.AsArray().Add(Taken(p, "secureBoot", 0, call: 3))),
        Case("lock of two bits, of which the power may leave one", p => p["locks"]![0]!["policies"]!.AsArray().Add("sealed")),
        Case("same field burned twice", p => p["burns"]!.AsArray().Insert(3, p["burns"]![2]!.DeepClone())),
    ];

    [TestMethod]
    public void Every_chip_is_there_under_its_own_name() =>
        CollectionAssert.AreEqual(new[] { "esp32", "esp32s3", "esp32c3", "esp32c6" }, ChipProfiles.All.Select(chip => ChipProfiles.Find(chip.Name)!.Name).ToArray());

    [TestMethod]
    public void No_other_chip_is_known()
    {
        Assert.IsNull(ChipProfiles.Find("esp32s2"));
        Assert.IsNull(ChipProfiles.Find("ESP32"));
        Assert.AreEqual("MKX-CHIP-022", Assert.ThrowsExactly<ChipException>(() => EfusePlan.For(ChipProfiles.Find("esp32c3")!, FlashCipherKind.XtsAes256, ProvisioningPolicy.Lab)).Code);
    }

    [TestMethod]
    [DynamicData(nameof(Broken))]
    public void Profile_that_would_cost_chips_is_not_loaded(string what, Action<JsonObject> spoil)
    {
        var profile = JsonNode.Parse(Text("esp32s3"))!.AsObject();
        spoil(profile);
        Assert.ThrowsExactly<InvalidDataException>(() => ChipProfileDocument.Parse(Stream(profile.ToJsonString())), what);
    }

    [TestMethod]
    public void Member_told_twice_is_not_loaded() =>
        Assert.ThrowsExactly<InvalidDataException>(() => ChipProfileDocument.Parse(Stream(Text("esp32s3").Replace("\"title\"", "\"chip\"", StringComparison.Ordinal))));

    // Six burns tell for every field which bit of WR_DIS closes it: in burn n those bits are set whose number has bit n.
    [TestMethod]
    [DynamicData(nameof(Chips))]
    public async Task Fields_and_what_closes_them_are_those_of_espefuse(string name)
    {
        var chip = ChipProfiles.Find(name)!;
        var closedBy = chip.Fields.ToDictionary(field => field.Name, _ => 0);
        var never = chip.Fields.Select(field => field.Name).ToHashSet();
        for (var n = 0; n <= BitsOfNumber; n++)
        {
            var mask = Enumerable.Range(0, chip.Fields.Single(field => field.Name == ChipProfile.WriteDisable).Bits).Where(bit => n == BitsOfNumber || (bit >> n & 1) != 0).Aggregate(0u, (all, bit) => all | 1u << bit);
            if (mask == 0)
            {
                continue;
            }

            using var efuses = await VirtualEfuses.FreshAsync(chip);
            var json = await efuses.BurnAndReadJsonAsync(new EfuseBurn { Values = [(ChipProfile.WriteDisable, mask)] });
            foreach (var field in chip.Fields)
            {
                Assert.AreEqual(field.Bits, (int)json[field.Name]!["bit_len"]!, field.Name);
                var closed = !(bool)json[field.Name]!["writeable"]!;
                closedBy[field.Name] |= closed && n < BitsOfNumber ? 1 << n : 0;
                if (closed)
                {
                    never.Remove(field.Name);
                }
            }
        }

        foreach (var field in chip.Fields)
        {
            Assert.AreEqual(field.WriteDisableBit, never.Contains(field.Name) ? null : closedBy[field.Name], field.Name);
        }
    }

    [TestMethod]
    [DynamicData(nameof(Chips))]
    public void Layout_fits_its_flash_and_encrypts_what_holds_secrets(string name)
    {
        foreach (var layout in ChipProfiles.Find(name)!.Layouts)
        {
            var table = layout.ToPartitionTable();
            table.RequireWithin(layout.FlashSize);
            foreach (var (entry, encrypted) in new[] { ("deploy", true), ("config", true), ("nvs_keys", true), ("factory", true), ("nvs", false), ("phy_init", false) })
            {
                Assert.AreEqual(encrypted, table.Entries.Single(e => e.Name == entry).IsEncrypted, entry);
            }

            Assert.AreEqual((layout.Deploy, layout.Config), (table.Find(PartitionType.Data, PartitionSubType.DataNanoDeployment)!.Offset, table.Find(PartitionType.Data, PartitionSubType.DataLittleFs)!.Offset));
        }
    }

    private static object[] Case(string what, Action<JsonObject> spoil) => [what, spoil];

    private static JsonNode Taken(JsonObject profile, int rule, int call)
    {
        var taken = profile["burns"]![rule]!;
        profile["burns"]!.AsArray().RemoveAt(rule);
        taken["call"] = call;
        return taken;
    }

    private static JsonNode Taken(JsonObject profile, string part, int rule, int call)
    {
        var rules = profile[part]!["burns"]!.AsArray();
        var taken = rules[rule]!;
        rules.RemoveAt(rule);
        taken["call"] = call;
        return taken;
    }

    private static string Text(string chip)
    {
        using var reader = new StreamReader(typeof(ChipProfiles).Assembly.GetManifestResourceStream($"Chips/{chip}.json")!);
        return reader.ReadToEnd();
    }

    private static MemoryStream Stream(string text) => new(Encoding.UTF8.GetBytes(text));
}
