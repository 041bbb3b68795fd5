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

    private string DigestName => $"digest {SigningKeyDigest![..16]}… of the signing key";

    private static string Content(EfuseBlock block) => block switch
    {
        { Readable: false } => "read-protected",
        { IsEmpty: true } => "empty",
        _ => "holds a key",
    };
}
