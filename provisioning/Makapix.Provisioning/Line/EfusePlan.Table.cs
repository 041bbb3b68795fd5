using System;
using System.Collections.Immutable;
using System.Linq;
using Makapix.Provisioning.Chips;
using Makapix.Provisioning.Chips.Profiles;

namespace Makapix.Provisioning.Line;

public sealed partial record EfusePlan
{
    /// <summary>Every eFuse that is burned, in that order: what it is, what it becomes, whether that can be undone, and why.</summary>
    /// <param name="now">The chip.</param>
    /// <exception cref="ChipException">A field cannot be read, or the chip has none of that name.</exception>
    public ImmutableArray<PlannedEfuse> Table(EfuseSummary now)
    {
        ArgumentNullException.ThrowIfNull(now);
        return [.. Burns.Select(change => Row(change, now, last: false)), .. Locks.Select(change => Row(change, now, last: true))];
    }

    /// <summary>Every other eFuse that decides about security: what stays as it is, and the protections that follow from what is burned.</summary>
    /// <param name="now">The chip.</param>
    /// <exception cref="ChipException">A field cannot be read, or the chip has none of that name.</exception>
    public ImmutableArray<OtherEfuse> Others(EfuseSummary now)
    {
        ArgumentNullException.ThrowIfNull(now);
        var all = Burns.AddRange(Locks);
        var expected = Expected(all);
        return
        [
            .. Chip.Fields.Where(field => !all.Any(change => change.Name == field.Name && change.Action != EfuseAction.WriteProtect))
                .Select(field => new OtherEfuse(field.Name, $"0x{now.Number(field.Name):x}", $"0x{now.Number(field.Name) | expected[field.Name]:x}")),
            .. OtherBlocks.Select(name => new OtherEfuse(name, Content(now.Block(name)), Content(now.Block(name)))),
        ];
    }

    private PlannedEfuse Row(EfuseChange change, EfuseSummary now, bool last)
    {
        var (before, after) = change.Action switch
        {
            EfuseAction.Key => (Content(now.Block(change.Name)), "random key, read- and write-protected"),
            EfuseAction.Digest => (now.Block(change.Name) is { IsEmpty: false } block && block.KeyHash == DigestHash ? DigestName : Content(now.Block(change.Name)), $"{DigestName}, write-protected"),
            EfuseAction.Purpose => (now.Words(change.Name), $"{change.Words}, write-protected"),
            EfuseAction.WriteProtect => ((now.Number(ChipProfile.WriteDisable) & Closing(change.Name)) == 0 ? "writable" : "write-protected", "write-protected"),
            _ => ($"0x{now.Number(change.Name):x}", $"0x{change.Value:x}"),
        };
        return new PlannedEfuse(change.Name, before, after, change.Reversible, last, change.Why);
    }

    private string DigestName => $"digest {SigningKeyDigest} of the signing key";

    private static string Content(EfuseBlock block) => block switch
    {
        { Readable: false } => "read-protected",
        { IsEmpty: true } => "empty",
        _ => "holds a key",
    };
}
