using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Makapix.Provisioning.Chips;
using Makapix.Provisioning.Chips.Profiles;

namespace Makapix.Provisioning.Line;

public sealed partial record EfusePlan
{
    /// <summary>The whole of step "burn" for a chip that nobody has fused: calls of espefuse, in their order.</summary>
    /// <param name="summary">The chip: what Espressif burned already is left out.</param>
    /// <param name="flashKey">The flash key; the caller zeroes it.</param>
    public ImmutableArray<EfuseBurn> Burn(EfuseSummary summary, ReadOnlyMemory<byte> flashKey) =>
        [.. Rest(Burns, summary).Select((burn, i) => i == 0 ? burn with { Key = new KeyBurn(Cipher, flashKey) } : burn).Where(burn => !burn.IsEmpty)];

    /// <summary>The whole of step "lock": all in one call, since none may be answered after it.</summary>
    /// <param name="summary">The chip, after the burn.</param>
    public EfuseBurn Lock(EfuseSummary summary) => Rest(Locks, summary).SingleOrDefault() ?? new EfuseBurn();

    /// <summary>
    /// What is missing on a chip whose burn was cut short. The key is gone from memory, so the key blocks decide: protected, one was
    /// burned whole (espefuse compares it before it protects it); readable, its hash tells whether it is what the flash was encrypted with.
    /// </summary>
    /// <param name="summary">The chip, as it is now.</param>
    /// <param name="keyHashes">SHA-256 of each 32 bytes of the flash key, from the journal.</param>
    /// <exception cref="LineException">120: a key block holds something else, so what is in flash can never be decrypted. 121: somebody else has burned eFuses.
    /// 123: the block of the digest holds something else, so the chip would never start what is in flash. 124: a block can never be told what it is for.</exception>
    public ImmutableArray<EfuseBurn> Remaining(EfuseSummary summary, IReadOnlyList<string> keyHashes)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(keyHashes.Count, Cipher.Parts.Length);
        var expected = Expected(Burns);
        var strange = Chip.Fields.Select(field => field.Name).Where(name => (summary.Number(name) & Chip.Watched(name) & ~expected[name]) != 0)
            .Concat(OtherBlocks.Where(name => !summary.Block(name).IsEmpty)).ToList();
        if (strange.Count > 0)
        {
            throw new LineException("121", $"eFuses that the plan does not know are burned: {string.Join(", ", strange)}.", "Set the board aside: another tool has fused it.");
        }

        var keys = Cipher.Parts.Select(part => summary.Block(part.Block)).ToList();
        if (keys.Where((key, i) => key.Readable && key.KeyHash != keyHashes[i]).FirstOrDefault() is { } lost)
        {
            throw new LineException("120", $"the flash key of this chip was burned in part before the power went: {lost.Name} does not hold the key that its flash was encrypted with.", "Scrap the board. Its certificate is revoked: publish that ('makapix ca crl'). No device has its identity.");
        }

        // The digest is public: a block that is still empty is burned now.
        if (DigestBlock(summary) is { IsEmpty: false } digest && digest.KeyHash != DigestHash)
        {
            throw new LineException("123", $"the digest of the signing key was burned in part before the power went, or cannot be read: {digest.Name} does not hold it.", "Scrap the board. Its certificate is revoked: publish that ('makapix ca crl'). No device has its identity.");
        }

        // One call burned them and what closes them, and the power chose which bits of that came first.
        if (Burns.FirstOrDefault(change => change.Action == EfuseAction.Purpose && summary.Number(change.Name) != change.Value && !Open([change], summary).Any()) is { } wrong)
        {
            throw new LineException("124", $"what a key block is for was closed before it was burned whole: {wrong.Name} is 0x{summary.Number(wrong.Name):x} instead of 0x{wrong.Value:x} for ever.", "Scrap the board. Its certificate is revoked: publish that ('makapix ca crl'). No device has its identity.");
        }

        var first = Burns.Where(change => change.Call == Burns[0].Call).ToList();
        return [.. Rest(Burns, summary).SelectMany((burn, i) => i == 0 ? Hide(Protect(burn, first, keys, summary), keys, first.Count(change => change.Action == EfuseAction.Purpose)) : [burn]).Where(burn => !burn.IsEmpty)];
    }

    /// <summary>espefuse hides no block that does not say yet that it holds a key: what blocks are for goes ahead, in a call of its own.</summary>
    private static ImmutableArray<EfuseBurn> Hide(EfuseBurn burn, IEnumerable<EfuseBlock> keys, int purposes)
    {
        var open = keys.Where(key => key.Readable).Select(key => key.Name).ToImmutableArray();
        return open.IsEmpty || purposes == 0
            ? [burn with { ReadProtect = open }]
            : [new EfuseBurn { Values = burn.Values }, burn with { Values = [], ReadProtect = open }];
    }

    /// <summary>What a call leaves to do whose blocks hold already what they shall.</summary>
    private EfuseBurn Protect(EfuseBurn burn, IEnumerable<EfuseChange> call, IReadOnlyList<EfuseBlock> blocks, EfuseSummary summary)
    {
        var purposes = call.Where(change => change.Action == EfuseAction.Purpose).ToList();
        return burn with
        {
            Values = [.. purposes.Where(change => summary.Number(change.Name) != change.Value).Select(change => (change.Name, change.Value)), .. burn.Values],
            WriteProtect = [.. blocks.Where(block => block.Writeable).Select(block => block.Name), .. Open(purposes, summary), .. burn.WriteProtect],
        };
    }

    /// <summary>What is not burned yet, a call of espefuse each; the first is the one with the key.</summary>
    private IEnumerable<EfuseBurn> Rest(ImmutableArray<EfuseChange> changes, EfuseSummary summary) => changes.GroupBy(change => change.Call).Select(call =>
    {
        var burn = new EfuseBurn
        {
            Values = [.. call.Where(change => change.Action == EfuseAction.Value && summary.Number(change.Name) != change.Value).Select(change => (change.Name, change.Value))],
            WriteProtect = [.. Open(call.Where(change => change.Action == EfuseAction.WriteProtect), summary)],
        };
        return call.Any(change => change.Action == EfuseAction.Digest) ? WithDigest(burn, call, summary) : burn;
    });

    private EfuseBurn WithDigest(EfuseBurn burn, IEnumerable<EfuseChange> call, EfuseSummary summary) => DigestBlock(summary)! is { IsEmpty: false } block
        ? Protect(burn, call, [block], summary)
        : burn with { Key = new KeyBurn(Chip.SecureBoot, Convert.FromHexString(SigningKeyDigest!)) };

    /// <summary>Those whose fields can still be burned.</summary>
    private IEnumerable<string> Open(IEnumerable<EfuseChange> changes, EfuseSummary summary) =>
        changes.Where(change => (summary.Number(ChipProfile.WriteDisable) & Closing(change.Name)) == 0).Select(change => change.Name);
}
