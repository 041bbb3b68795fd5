namespace Makapix.VirtualEsp32.Efuse;

/// <summary>One eFuse field, named as espefuse names it.</summary>
/// <param name="Name">Espressif's name.</param>
/// <param name="Block">The block that it is in.</param>
/// <param name="Word">The block's word in which it begins.</param>
/// <param name="Position">Its lowest bit in that word.</param>
/// <param name="Length">In bits.</param>
/// <param name="WriteDisableBit">The WR_DIS bit that keeps it as it is; <see langword="null"/>: none does.</param>
/// <param name="ReadDisableBit">The RD_DIS bit that hides it; <see langword="null"/>: none does.</param>
internal sealed record EfuseField(string Name, int Block, int Word, int Position, int Length, int? WriteDisableBit, int? ReadDisableBit)
{
    /// <summary>Its lowest bit, counted from bit 0 of the block's word 0.</summary>
    public int FirstBit => (Word * 32) + Position;
}
