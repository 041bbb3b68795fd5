namespace Makapix.VirtualEsp32.Registers;

/// <summary>Where a chip has SPI1, and the registers of it that kinds of chips have in different places, in bytes.</summary>
/// <param name="Base">Address of the first register.</param>
/// <param name="Usr">Offset of SPI_USER.</param>
/// <param name="Usr1">Offset of SPI_USER1.</param>
/// <param name="Usr2">Offset of SPI_USER2.</param>
/// <param name="MisoDlen">Offset of SPI_MISO_DLEN.</param>
/// <param name="W0">Offset of the first of the sixteen data registers.</param>
internal sealed record SpiRegisters(uint Base, uint Usr, uint Usr1, uint Usr2, uint MisoDlen, uint W0)
{
    public static SpiRegisters OfEsp32 { get; } = new(0x3FF42000, 0x1C, 0x20, 0x24, 0x2C, 0x80);

    /// <summary>Of the chips after it.</summary>
    public static SpiRegisters At(uint address) => new(address, 0x18, 0x1C, 0x20, 0x28, 0x58);
}
