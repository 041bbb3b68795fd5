namespace Makapix.Provisioning.Chips.Profiles;

/// <summary>A field of BLOCK0 that decides about security.</summary>
/// <param name="Name">Espressif's name.</param>
/// <param name="Bits">How many bits it has.</param>
/// <param name="WriteDisableBit">Bit of WR_DIS that closes it, and every other field with the same bit; null: nothing does.</param>
public sealed record SecurityField(string Name, int Bits, int? WriteDisableBit);
