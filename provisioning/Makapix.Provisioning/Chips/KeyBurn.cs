using System;
using Makapix.Provisioning.Chips.Profiles;

namespace Makapix.Provisioning.Chips;

/// <summary>A flash encryption key, and where it goes.</summary>
/// <param name="Cipher">What it is for.</param>
/// <param name="Bytes">The key, in the order of an espsecure key file. The caller zeroes it.</param>
public sealed record KeyBurn(FlashCipherProfile Cipher, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>Where it goes; never the key.</summary>
    public override string ToString() => $"{Cipher.Kind} key for {Cipher.Burn.Block}";
}
