using System.Collections.Generic;

namespace Makapix.VirtualEsp32.Registers;

/// <summary>
/// The addresses that serial tools read and write (TRM of the chip, "System and Memory", address mapping). Everything else, RAM included, reads 0 and
/// forgets: nothing that a tool may write can grow this process.
/// </summary>
internal sealed class RegisterBus(RegisterMap map, SpiController spi, IPeripheral efuse)
{
    private const uint ApbClock = 40_000_000;

    // The largest of the eFuse controllers; on the ESP32-C3 something else lies right before it.
    private const uint EfuseSize = 0x200;
    private const uint SpiSize = 0x1000;

    /// <summary>The rate that the host believes the line to have: after a reset the ROM's own.</summary>
    public int HostBaud { get; set; } = 115_200;

    public uint Read(uint address)
    {
        if (address == map.UartClockDivider)
        {
            return ApbClock / (uint)HostBaud;
        }

        return address - map.Spi.Base < SpiSize ? spi.Read(address - map.Spi.Base)
            : address - map.Efuse < EfuseSize ? efuse.Read(address - map.Efuse)
            : map.Constants.GetValueOrDefault(address);
    }

    public void Write(uint address, uint value)
    {
        if (address - map.Spi.Base < SpiSize)
        {
            spi.Write(address - map.Spi.Base, value);
        }
        else if (address - map.Efuse < EfuseSize)
        {
            efuse.Write(address - map.Efuse, value);
        }
    }
}
