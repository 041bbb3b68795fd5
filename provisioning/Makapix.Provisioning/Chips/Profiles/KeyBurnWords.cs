namespace Makapix.Provisioning.Chips.Profiles;

/// <summary>The words of <c>espefuse burn_key BLOCK FILE [PURPOSE]</c>.</summary>
/// <param name="Block">The block, or espefuse's other name for it.</param>
/// <param name="Purpose">What the key is for; null on a chip whose blocks have one purpose for ever. espefuse splits <c>XTS_AES_256_KEY</c> over the block and the next free one.</param>
public sealed record KeyBurnWords(string Block, string? Purpose);
