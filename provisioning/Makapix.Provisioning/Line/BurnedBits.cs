using System.Collections.Immutable;
using Makapix.Provisioning.Chips.Profiles;

namespace Makapix.Provisioning.Line;

/// <summary>An eFuse plan as it is hashed.</summary>
/// <param name="Chip">The chip.</param>
/// <param name="Cipher">How its flash is encrypted.</param>
/// <param name="Burns">What is burned, in that order.</param>
/// <param name="Locks">What is burned last.</param>
internal sealed record BurnedBits(string Chip, FlashCipherKind Cipher, ImmutableArray<string> Burns, ImmutableArray<string> Locks)
{
    /// <summary>The digest that is burned; null: none is.</summary>
    public string? SigningKeyDigest { get; init; }

    public static string Of(EfuseChange change) => $"{change.Call} {change.Action} {change.Name} {change.Value} {change.Words}";
}
