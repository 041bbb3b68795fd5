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
    /// <summary>Digest of the key that signs its firmware, lower-case hex; null: it starts any.</summary>
    public string? SigningKeyDigest { get; private init; }

    /// <summary>The plan of a policy, with the cipher that is used on that chip.</summary>
    /// <param name="chip">What chip it is for.</param>
    /// <param name="policy">What it is for.</param>
    /// <param name="signingKeyDigest">Of the key that signs its firmware, lower-case hex; null for firmware that was not built for secure boot.</param>
    public static EfusePlan For(ChipProfile chip, ProvisioningPolicy policy, string? signingKeyDigest = null)
    {
        ArgumentNullException.ThrowIfNull(chip);
        return For(chip, chip.Ciphers[0].Kind, policy, signingKeyDigest);
    }

    /// <summary>The plan of a policy and a cipher.</summary>
    /// <exception cref="Chips.ChipException">022: the chip does not have that cipher.</exception>
    public static EfusePlan For(ChipProfile chip, FlashCipherKind kind, ProvisioningPolicy policy, string? signingKeyDigest = null)
    {
        ArgumentNullException.ThrowIfNull(chip);
        var cipher = chip.Cipher(kind);
        var name = policy.ToString().ToLowerInvariant();

        // Flash encryption first: what secure boot closes last would leave a flash key readable for ever.
        var last = chip.Burns.Max(rule => rule.Call);
        var secureBoot = signingKeyDigest is null ? [] : chip.SecureBoot.Burns.Select(rule => rule with { Call = last + rule.Call });
        return new EfusePlan(chip, cipher, policy, Changes(chip.Burns.Concat(secureBoot), chip, cipher, name), Changes(chip.Locks, chip, cipher, name)) { SigningKeyDigest = signingKeyDigest };
    }

    private static ImmutableArray<EfuseChange> Changes(IEnumerable<EfuseRule> rules, ChipProfile chip, FlashCipherProfile cipher, string policy) =>
        [.. rules.Where(rule => rule.Policies.Contains(policy)).SelectMany(rule => rule.Action switch
        {
            EfuseAction.Key => cipher.Parts.SelectMany(part => InBlock(rule, part, "for its flash key")),
            EfuseAction.Digest => InBlock(rule, chip.SecureBoot.Digest, "for the digest of its signing key"),
            _ => [new EfuseChange(rule.Call, rule.Name!, rule.Action, rule.Value, rule.Reversible, rule.Why)],
        })];

    private static IEnumerable<EfuseChange> InBlock(EfuseRule rule, KeyPart part, string use)
    {
        yield return new EfuseChange(rule.Call, part.Block, rule.Action, 0, rule.Reversible, rule.Why);
        if (part.Purpose is { } purpose)
        {
            yield return new EfuseChange(rule.Call, purpose.Field, EfuseAction.Purpose, purpose.Number, rule.Reversible, $"the chip takes {part.Block} {use}") { Words = purpose.Words };
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
                case EfuseAction.Digest:
                    expected[ChipProfile.WriteDisable] |= 1u << Chip.SecureBoot.Digest.WriteDisableBit;
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
