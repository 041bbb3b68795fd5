using System.Collections.Immutable;

namespace Makapix.Provisioning.Chips.Profiles;

/// <summary>How a chip is told to start firmware of one signing key only: secure boot v2, RSA-3072.</summary>
/// <param name="EnabledBy">The field that turns it on.</param>
/// <param name="Burn">How espefuse is told to burn the digest of the key.</param>
/// <param name="Digest">The block it ends in. It must stay readable: the ROM reads it as software does.</param>
/// <param name="Burns">What is burned once the flash key is in its place, in this order; call 1 comes after the last of <see cref="ChipProfile.Burns"/>.</param>
public sealed record SecureBootProfile(string EnabledBy, KeyBurnWords Burn, KeyPart Digest, ImmutableArray<EfuseRule> Burns);
