using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Makapix.Provisioning.Chips.Profiles;

namespace Makapix.Provisioning.Line;

/// <summary>
/// What is burned into a chip, as data: its profile's rules under one policy. The lists for release are those that ESP-IDF checks
/// (<c>bootloader_support/src/flash_encrypt.c</c>), which are longer than those in Espressif's manual.
/// </summary>
/// <param name="Chip">What chip it is for.</param>
/// <param name="Cipher">How its flash is encrypted.</param>
/// <param name="Policy">What it is for.</param>
/// <param name="Burns">Burned once the ciphertext is in flash and verified.</param>
/// <param name="Locks">Burned last, after everything else was read back: from then on the chip may not answer any more.</param>
public sealed partial record EfusePlan(ChipProfile Chip, FlashCipherProfile Cipher, ProvisioningPolicy Policy, ImmutableArray<EfuseChange> Burns, ImmutableArray<EfuseChange> Locks)
{
    /// <summary>The plan of a policy, with the cipher that is used on that chip.</summary>
    public static EfusePlan For(ChipProfile chip, ProvisioningPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(chip);
        return For(chip, chip.Ciphers[0].Kind, policy);
    }

    /// <summary>The plan of a policy and a cipher.</summary>
    /// <exception cref="Chips.ChipException">022: the chip does not have that cipher.</exception>
    public static EfusePlan For(ChipProfile chip, FlashCipherKind kind, ProvisioningPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(chip);
        var cipher = chip.Cipher(kind);
        var name = policy.ToString().ToLowerInvariant();
        return new EfusePlan(chip, cipher, policy, Changes(chip.Burns, cipher, name), Changes(chip.Locks, cipher, name));
    }

    private static ImmutableArray<EfuseChange> Changes(IEnumerable<EfuseRule> rules, FlashCipherProfile cipher, string policy) =>
        [.. rules.Where(rule => rule.Policies.Contains(policy)).SelectMany(rule => rule.Action == EfuseAction.Key ? Key(rule, cipher) : [Change(rule)])];

    private static EfuseChange Change(EfuseRule rule) => new(rule.Call, rule.Name!, rule.Action, rule.Value, rule.Reversible, rule.Why);

    private static IEnumerable<EfuseChange> Key(EfuseRule rule, FlashCipherProfile cipher)
    {
        foreach (var part in cipher.Parts)
        {
            yield return new EfuseChange(rule.Call, part.Block, EfuseAction.Key, 0, rule.Reversible, rule.Why);
            if (part.Purpose is { } purpose)
            {
                yield return new EfuseChange(rule.Call, purpose.Field, EfuseAction.Purpose, purpose.Number, rule.Reversible, $"the chip takes {part.Block} for its flash key") { Words = purpose.Words };
            }
        }
    }

    /// <summary>What the fields of BLOCK0 that decide about security are when <paramref name="changes"/> are done, and nothing else is.</summary>
    private Dictionary<string, uint> Expected(IEnumerable<EfuseChange> changes)
    {
        var expected = Chip.Fields.ToDictionary(field => field.Name, _ => 0u, StringComparer.Ordinal);
        foreach (var change in changes)
        {
            switch (change.Action)
            {
                case EfuseAction.Value:
                    expected[change.Name] = change.Value;
                    break;
                case EfuseAction.Purpose:
                    expected[change.Name] = change.Value;
                    expected[ChipProfile.WriteDisable] |= Closing(change.Name);
                    break;
                case EfuseAction.WriteProtect:
                    expected[ChipProfile.WriteDisable] |= Closing(change.Name);
                    break;
                case EfuseAction.Key:
                    var part = Cipher.Parts.First(candidate => candidate.Block == change.Name);
                    expected[ChipProfile.WriteDisable] |= 1u << part.WriteDisableBit;
                    expected[ChipProfile.ReadDisable] |= 1u << part.ReadDisableBit;
                    break;
            }
        }

        return expected;
    }

    private uint Closing(string field) => 1u << Chip.Field(field).WriteDisableBit!.Value;
}
