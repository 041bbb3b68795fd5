using System.Collections.Immutable;

namespace Makapix.VirtualEsp32.Registers;

/// <summary>The addresses that serial tools read and write on one kind of chip.</summary>
/// <param name="Efuse">Address of the eFuse controller.</param>
/// <param name="Spi">SPI1, to which the flash is wired.</param>
/// <param name="UartClockDivider">Address of UART0's clock divider.</param>
/// <param name="Constants">What reads the same always.</param>
internal sealed record RegisterMap(uint Efuse, SpiRegisters Spi, uint UartClockDivider, ImmutableDictionary<uint, uint> Constants);
