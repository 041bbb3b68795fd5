using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;

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
            Require(cipher.Parts.All(part => IsField(chip, part.Purpose)), $"the purposes of {cipher.Kind} are security fields");
            Require(cipher.Parts.All(part => part.Block != chip.SecureBoot.Digest.Block), "the digest has a block of its own");
        }

        Require(chip.KeyBlocks.Contains(chip.SecureBoot.Digest.Block) && IsField(chip, chip.SecureBoot.Digest.Purpose), "the block of the digest is a key block, and its purpose a security field");
        foreach (var rule in chip.Burns.Concat(chip.SecureBoot.Burns).Concat(chip.Locks))
        {
            CheckRule(chip, rule);
        }

        Require(!chip.Burns.Concat(chip.Locks).Any(rule => rule.Action == EfuseAction.Digest) && !chip.SecureBoot.Burns.Any(rule => rule.Action == EfuseAction.Key), "the key is burned without secure boot too, and the digest with it alone");
        Require(InOrder(chip.Burns) && InOrder(chip.SecureBoot.Burns), "the calls are in order");
        foreach (var policy in chip.Burns.SelectMany(rule => rule.Policies).Distinct())
        {
            CheckOrder(chip, policy);
        }
    }

    private static void CheckRule(ChipProfile chip, EfuseRule rule)
    {
        var field = chip.Fields.FirstOrDefault(candidate => candidate.Name == rule.Name);
        Require((rule.Action is EfuseAction.Key or EfuseAction.Digest) == (rule.Name is null), "the key and the digest, and nothing else, are named elsewhere");
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
        var secure = chip.SecureBoot.Burns.Where(rule => rule.Policies.Contains(policy)).ToList();
        CheckSecureBoot(chip, policy, secure);
        var all = Then(Then(burns, secure), chip.Locks.Where(rule => rule.Policies.Contains(policy)));
        Require(all.Count(rule => rule.Action == EfuseAction.Key) == 1 && all[0].Action == EfuseAction.Key, $"'{policy}' begins with the key");
        Require(all.Where(rule => rule.Name is not null).DistinctBy(rule => (rule.Name, rule.Action)).Count() == all.Count(rule => rule.Name is not null), $"'{policy}' burns nothing twice");

        // A chip that is half locked may answer nobody who could finish it.
        Require(chip.Locks.Where(rule => rule.Policies.Contains(policy)).Sum(rule => BitOperations.PopCount(rule.Value)) <= 1, $"'{policy}' locks by one bit");
        foreach (var closing in all.Where(rule => rule.Action == EfuseAction.WriteProtect))
        {
            var bit = chip.Field(closing.Name!).WriteDisableBit;
            var late = all.Find(rule => rule.Action == EfuseAction.Value && chip.Field(rule.Name!).WriteDisableBit == bit && rule.Call >= closing.Call);
            Require(late is null, $"'{policy}' burns {late?.Name} before it closes it");
        }
    }

    /// <summary>What secure boot rests on is done before it is turned on: a digest that is missing, or can still be hidden, is a chip that never starts again.</summary>
    private static void CheckSecureBoot(ChipProfile chip, string policy, List<EfuseRule> rules)
    {
        Require(rules.Count > 0 && rules[0].Action == EfuseAction.Digest && rules.Count(rule => rule.Action == EfuseAction.Digest) == 1, $"secure boot of '{policy}' begins with the digest");
        Require(rules[^1] is { Action: EfuseAction.Value } && rules[^1].Name == chip.SecureBoot.EnabledBy && rules.Count(rule => rule.Call == rules[^1].Call) == 1, $"secure boot of '{policy}' is turned on last, in a call of its own");

        // Closed before the flash key is hidden, it leaves that readable for ever.
        Require(rules.Exists(rule => rule is { Action: EfuseAction.WriteProtect, Name: ChipProfile.ReadDisable }) && !chip.Burns.Any(rule => rule is { Action: EfuseAction.WriteProtect, Name: ChipProfile.ReadDisable }), $"'{policy}' closes RD_DIS behind the flash key, and only then");
    }

    private static bool IsField(ChipProfile chip, KeyPurpose? purpose) => purpose is null || chip.Field(purpose.Field).WriteDisableBit == purpose.WriteDisableBit;

    private static bool InOrder(IReadOnlyList<EfuseRule> rules) => rules.Zip(rules.Skip(1)).All(pair => pair.First.Call <= pair.Second.Call);

    private static List<EfuseRule> Then(List<EfuseRule> rules, IEnumerable<EfuseRule> later)
    {
        var last = rules.Max(rule => rule.Call);
        return [.. rules, .. later.Select(rule => rule with { Call = last + rule.Call })];
    }

    private static void Require(bool holds, string what)
    {
        if (!holds)
        {
            throw new ArgumentException($"it must be that {what}");
        }
    }
}
