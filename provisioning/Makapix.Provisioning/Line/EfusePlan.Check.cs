using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Security.Cryptography;
using Makapix.Provisioning.Chips;
using Makapix.Provisioning.Chips.Profiles;

namespace Makapix.Provisioning.Line;

public sealed partial record EfusePlan
{
    /// <summary>Everything somebody has burned into a chip that should be as it left Espressif, as <c>NAME = value</c>.</summary>
    /// <param name="chip">What chip it is.</param>
    /// <param name="summary">Its eFuses.</param>
    /// <exception cref="ChipException">A field cannot be read.</exception>
    public static ImmutableArray<string> Foreign(ChipProfile chip, EfuseSummary summary)
    {
        var found = chip.Fields
            .Where(field => (summary.Number(field.Name) & chip.Watched(field.Name)) != 0)
            .Select(field => $"{field.Name} = 0x{summary.Number(field.Name):x}");
        return [.. found, .. chip.KeyBlocks.Where(name => !summary.Block(name).IsEmpty).Select(name => $"{name} holds a key")];
    }

    /// <summary>Each way in which a chip is not as this plan leaves it, as <c>NAME is … instead of …</c>; empty if it is.</summary>
    /// <param name="summary">The chip.</param>
    /// <param name="locked">Whether <see cref="Locks"/> are burned too.</param>
    /// <exception cref="ChipException">A field cannot be read.</exception>
    public ImmutableArray<string> Differences(EfuseSummary summary, bool locked)
    {
        var different = new List<string>();
        foreach (var (name, value) in Expected(locked ? Burns.Concat(Locks) : Burns))
        {
            // What Espressif may have burned may be there; what is planned must be.
            var actual = summary.Number(name);
            if ((actual & (value | Chip.Watched(name))) != value)
            {
                different.Add($"{name} is 0x{actual:x} instead of 0x{value:x}");
            }
        }

        foreach (var key in Cipher.Parts.Select(part => summary.Block(part.Block)).Where(key => key.Readable || key.Writeable))
        {
            different.Add($"{key.Name} can be {(key.Readable ? "read" : "written")}");
        }

        if (DigestBlock(summary) is { } digest && digest.KeyHash != DigestHash)
        {
            different.Add($"{digest.Name} does not hold the digest of the signing key");
        }

        different.AddRange(OtherBlocks.Where(name => !summary.Block(name).IsEmpty).Select(name => $"{name} is not empty"));
        return [.. different];
    }

    /// <summary>Whether the flash key, or a part of it, can be read out of a chip: what is in its flash is then as good as in clear.</summary>
    /// <param name="summary">The chip.</param>
    public bool ShowsKey(EfuseSummary summary) => Cipher.Parts.Select(part => summary.Block(part.Block)).Any(key => key is { Readable: true, IsEmpty: false });

    /// <summary>The key blocks that this plan leaves alone.</summary>
    private IEnumerable<string> OtherBlocks => Chip.KeyBlocks.Where(name => !Cipher.Parts.Any(part => part.Block == name) && (SigningKeyDigest is null || name != Chip.SecureBoot.Digest.Block));

    /// <summary>The block of the digest, on a chip that shall have one.</summary>
    private EfuseBlock? DigestBlock(EfuseSummary summary) => SigningKeyDigest is null ? null : summary.Block(Chip.SecureBoot.Digest.Block);

    /// <summary>What <see cref="EfuseBlock.KeyHash"/> is of a block that holds the digest: it is burned as it is, and no key.</summary>
    private string DigestHash => Convert.ToHexStringLower(SHA256.HashData([.. Convert.FromHexString(SigningKeyDigest!).Reverse()]));
}
