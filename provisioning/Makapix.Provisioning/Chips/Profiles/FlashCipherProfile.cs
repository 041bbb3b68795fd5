using System.Collections.Immutable;

namespace Makapix.Provisioning.Chips.Profiles;

/// <summary>One way in which a chip encrypts its flash, and where its key goes.</summary>
/// <param name="Kind">The cipher.</param>
/// <param name="KeyLength">Bytes of its key.</param>
/// <param name="Burn">How espefuse is told to burn it.</param>
/// <param name="Parts">The key blocks it ends in, 32 bytes each, in the order of the key.</param>
public sealed record FlashCipherProfile(FlashCipherKind Kind, int KeyLength, KeyBurnWords Burn, ImmutableArray<KeyPart> Parts);
