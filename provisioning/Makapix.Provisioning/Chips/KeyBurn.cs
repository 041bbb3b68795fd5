using System;
using System.Collections.Immutable;
using Makapix.Provisioning.Chips.Profiles;

namespace Makapix.Provisioning.Chips;

/// <summary>A flash encryption key or the digest of a signing key, and where it goes.</summary>
/// <param name="Words">How espefuse is told.</param>
/// <param name="Parts">The blocks it ends in.</param>
/// <param name="Bytes">The key, in the order of an espsecure key file; or the digest. The caller zeroes a key.</param>
public sealed record KeyBurn(KeyBurnWords Words, ImmutableArray<KeyPart> Parts, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>A flash encryption key.</summary>
    public KeyBurn(FlashCipherProfile cipher, ReadOnlyMemory<byte> key)
        : this(cipher.Burn, cipher.Parts, key)
    {
    }

    /// <summary>The digest of the key that signs firmware.</summary>
    public KeyBurn(SecureBootProfile secureBoot, ReadOnlyMemory<byte> digest)
        : this(secureBoot.Burn, [secureBoot.Digest], digest) => Shown = $"digest {Convert.ToHexStringLower(digest.Span)}";

    /// <summary>What may be told of the bytes: of a key that it is a secret, of a digest all.</summary>
    public string Shown { get; } = "secret";

    /// <summary>Where it goes; never the key.</summary>
    public override string ToString() => $"key for {Words.Block}";
}
