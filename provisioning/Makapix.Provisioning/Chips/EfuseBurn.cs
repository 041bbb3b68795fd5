using System.Collections.Immutable;

namespace Makapix.Provisioning.Chips;

/// <summary>What espefuse burns in one call. It burns the key blocks first and BLOCK0, which protects them, last and at one go.</summary>
public sealed record EfuseBurn
{
    /// <summary>A flash encryption key, whose blocks become read- and write-protected, or the digest of a signing key, whose block becomes write-protected; null: none.</summary>
    public KeyBurn? Key { get; init; }

    /// <summary>Fields and their new values.</summary>
    public ImmutableArray<(string Name, uint Value)> Values { get; init; } = [];

    /// <summary>What becomes unreadable, besides the key.</summary>
    public ImmutableArray<string> ReadProtect { get; init; } = [];

    /// <summary>What can be burned no more, besides the key.</summary>
    public ImmutableArray<string> WriteProtect { get; init; } = [];

    /// <summary>Whether there is nothing to do.</summary>
    public bool IsEmpty => Key is null && Values.IsEmpty && ReadProtect.IsEmpty && WriteProtect.IsEmpty;
}
