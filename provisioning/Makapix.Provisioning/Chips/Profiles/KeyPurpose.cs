namespace Makapix.Provisioning.Chips.Profiles;

/// <summary>What a key block is for: burned by espefuse together with the key, and write-protected.</summary>
/// <param name="Field">The eFuse, <c>KEY_PURPOSE_0</c>.</param>
/// <param name="Words">espefuse's name of the purpose.</param>
/// <param name="Number">Its number.</param>
/// <param name="WriteDisableBit">Bit of WR_DIS that closes the field.</param>
public sealed record KeyPurpose(string Field, string Words, uint Number, int WriteDisableBit);
