using System;
using System.Linq;

namespace Makapix.Provisioning.Chips.Profiles;

/// <summary>What no schema can say of a profile: that its parts fit together, and that no order in it kills a chip.</summary>
internal static class ChipProfileRules
{
    private const int BytesOfPart = 32;

    /// <exception cref="ArgumentException">A rule is broken.</exception>
    public static void Check(ChipProfile chip)
    {
        var fields = chip.Fields.Select(field => field.Name).ToHashSet(StringComparer.Ordinal);
        Require(fields.Count == chip.Fields.Length, "a security field is there twice");
        Require(fields.Contains(ChipProfile.WriteDisable) && fields.Contains(ChipProfile.ReadDisable), "WR_DIS and RD_DIS are security fields");
        Require(chip.MayBeBurned.Keys.All(fields.Contains), "what may be burned is a security field");
        foreach (var cipher in chip.Ciphers)
        {
            Require(cipher.KeyLength == cipher.Parts.Length * BytesOfPart, $"a key of {cipher.Kind} fills its blocks");
            Require(cipher.Parts.All(part => chip.KeyBlocks.Contains(part.Block)), $"the blocks of {cipher.Kind} are key blocks");
            Require(cipher.Parts.All(part => part.Purpose is null || chip.Field(part.Purpose.Field).WriteDisableBit == part.Purpose.WriteDisableBit), $"the purposes of {cipher.Kind} are security fields");
        }

        foreach (var rule in chip.Burns.Concat(chip.Locks))
        {
            CheckRule(chip, rule);
        }

        Require(chip.Burns.Zip(chip.Burns.Skip(1)).All(pair => pair.First.Call <= pair.Second.Call), "the calls are in order");
        foreach (var policy in chip.Burns.SelectMany(rule => rule.Policies).Distinct())
        {
            CheckOrder(chip, policy);
        }
    }

    private static void CheckRule(ChipProfile chip, EfuseRule rule)
    {
        var field = chip.Fields.FirstOrDefault(candidate => candidate.Name == rule.Name);
        Require((rule.Action == EfuseAction.Key) == (rule.Name is null), "the key, and nothing else, has its names from the cipher");
        Require(rule.Action is not EfuseAction.Purpose, "a purpose comes with its key");
        Require(rule.Name is null || field is not null, $"{rule.Name} is a security field");
        Require((rule.Action == EfuseAction.Value) == (rule.Value != 0), $"{rule.Name ?? "the key"} has a value where one is burned");
        Require(rule.Value == 0 || rule.Value >> field!.Bits == 0, $"{rule.Name} has as many bits as its value");
        Require(rule.Action != EfuseAction.WriteProtect || field!.WriteDisableBit is not null, $"{rule.Name} can be write-protected");
    }

    /// <summary>Nothing is burned together with or after the bit that closes it, and nothing but the key before the key: what is half done must always be finishable.</summary>
    private static void CheckOrder(ChipProfile chip, string policy)
    {
        var burns = chip.Burns.Where(rule => rule.Policies.Contains(policy)).ToList();
        var last = burns.Max(rule => rule.Call);
        var all = burns.Concat(chip.Locks.Where(rule => rule.Policies.Contains(policy)).Select(rule => rule with { Call = last + rule.Call })).ToList();
        Require(all.Count(rule => rule.Action == EfuseAction.Key) == 1 && all[0].Action == EfuseAction.Key, $"'{policy}' begins with the key");
        Require(all.Where(rule => rule.Name is not null).DistinctBy(rule => (rule.Name, rule.Action)).Count() == all.Count - 1, $"'{policy}' burns nothing twice");
        foreach (var closing in all.Where(rule => rule.Action == EfuseAction.WriteProtect))
        {
            var bit = chip.Field(closing.Name!).WriteDisableBit;
            var late = all.Find(rule => rule.Action == EfuseAction.Value && chip.Field(rule.Name!).WriteDisableBit == bit && rule.Call >= closing.Call);
            Require(late is null, $"'{policy}' burns {late?.Name} before it closes it");
        }
    }

    private static void Require(bool holds, string what)
    {
        if (!holds)
        {
            throw new ArgumentException($"it must be that {what}");
        }
    }
}
