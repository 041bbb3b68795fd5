using System;
using System.Collections.Frozen;
using System.Collections.Generic;
using System.Linq;
using Makapix.Provisioning.Chips.Profiles;

namespace Makapix.Provisioning.Chips;

/// <summary>All eFuses of a chip as espefuse reads them. Holds no key.</summary>
public sealed class EfuseSummary
{
    /// <summary>espefuse's word for a key block that nobody has given a purpose.</summary>
    private const string NoPurpose = "USER";

    private readonly FrozenDictionary<string, EfuseField> _fields;
    private readonly FrozenDictionary<string, EfuseBlock> _blocks;

    /// <summary>Takes what was read.</summary>
    /// <param name="mac">Base MAC address, its CRC checked.</param>
    /// <param name="fields">Every field.</param>
    /// <param name="blocks">The key blocks.</param>
    public EfuseSummary(MacAddress mac, IEnumerable<EfuseField> fields, IEnumerable<EfuseBlock> blocks)
    {
        Mac = mac;
        _fields = fields.ToFrozenDictionary(f => f.Name, StringComparer.Ordinal);
        _blocks = blocks.ToFrozenDictionary(b => b.Name, StringComparer.Ordinal);
    }

    /// <summary>A chip as it leaves Espressif, as far as <paramref name="chip"/> tells; a real one may have more burned (<see cref="ChipProfile.MayBeBurned"/>).</summary>
    /// <param name="chip">What chip it is.</param>
    public static EfuseSummary OfFresh(ChipProfile chip)
    {
        ArgumentNullException.ThrowIfNull(chip);
        var purposes = chip.Ciphers.SelectMany(cipher => cipher.Parts).Append(chip.SecureBoot.Digest).Select(part => part.Purpose?.Field).ToHashSet();
        return new EfuseSummary(
            default,
            chip.Fields.Select(field => new EfuseField(field.Name, 0, purposes.Contains(field.Name) ? NoPurpose : null)),
            chip.KeyBlocks.Select(name => new EfuseBlock(name, Readable: true, Writeable: true, IsEmpty: true, KeyHash: null)));
    }

    /// <summary>Base MAC address.</summary>
    public MacAddress Mac { get; }

    /// <summary>The number of a field.</summary>
    /// <exception cref="ChipException">There is no such field, or it cannot be read: what is not known is not taken for 0.</exception>
    public uint Number(string name) =>
        Field(name) switch
        {
            { Value: { } number } => number,
            { Text: not null } => throw ToolFailure.NotUnderstood(Espefuse.Tool, $"{name} is told in words alone"),
            _ => throw new ChipException("014", $"eFuse {name} of this chip cannot be read.", "Set the board aside: somebody has protected its eFuses."),
        };

    /// <summary>espefuse's words for a field.</summary>
    /// <exception cref="ChipException">There is no such field, or it has no words.</exception>
    public string Words(string name) => Field(name).Text ?? throw ToolFailure.NotUnderstood(Espefuse.Tool, $"{name} has no words");

    /// <summary>A key block.</summary>
    /// <exception cref="ChipException">There is no such block.</exception>
    public EfuseBlock Block(string name) => _blocks.TryGetValue(name, out var block) ? block : throw Missing(name);

    private EfuseField Field(string name) => _fields.TryGetValue(name, out var field) ? field : throw Missing(name);

    private static ChipException Missing(string name) => ToolFailure.NotUnderstood(Espefuse.Tool, $"{name} is missing");
}
