namespace Makapix.VirtualEsp32.Power;

/// <summary>The operations that change a chip for good, and that a power cut can leave half done.</summary>
public enum PowerOperation
{
    /// <summary>One 4 KB flash sector is set to ones.</summary>
    SectorErase,

    /// <summary>Bits within one 256-byte flash page are cleared.</summary>
    PageProgram,

    /// <summary>Bits of one eFuse block are burned.</summary>
    EfuseBurn,
}
