namespace Makapix.Provisioning.Chips.Profiles;

/// <summary>A key block that holds 32 bytes of the flash key, or the digest of the signing key.</summary>
/// <param name="Block">Its name in espefuse's summary.</param>
/// <param name="ConfirmedAs">Its name where espefuse confirms a burn.</param>
/// <param name="ReadDisableBit">Bit of RD_DIS that hides it.</param>
/// <param name="WriteDisableBit">Bit of WR_DIS that closes it.</param>
/// <param name="Purpose">What the block is told to be; null on a chip that has no such field.</param>
public sealed record KeyPart(string Block, string ConfirmedAs, int ReadDisableBit, int WriteDisableBit, KeyPurpose? Purpose);
