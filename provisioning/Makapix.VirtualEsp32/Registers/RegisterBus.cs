namespace Makapix.VirtualEsp32.Registers;

/// <summary>
/// The addresses that serial tools read and write (ESP32 TRM, "System and Memory", address mapping). Everything else, RAM included, reads 0 and
/// forgets: nothing that a tool may write can grow this process.
/// </summary>
internal sealed class RegisterBus(SpiController spi, EfuseController efuse)
{
    private const uint RomMagicAddress = 0x40001000;
    private const uint RomMagic = 0x00F01D83;

    private const uint UartClockDividerAddress = 0x3FF40014;
    private const uint ApbClock = 40_000_000;

    private const uint ApbCtlDateAddress = 0x3FF6607C;

    /// <summary>Together with CHIP_VER_REV1 and _REV2: silicon revision 3.</summary>
    private const uint ApbCtlDateRevision3 = 1u << 31;

    private const uint RtcCaliCfg1Address = 0x3FF5F06C;

    /// <summary>RTC_CALI_VALUE [31:7]: 2048 · 15625 · CLK8M_FREQ 50 / 40 is 40 MHz, as esptool computes what the ROM measured.</summary>
    private const uint RtcCaliCfg1 = 2048u << 7;

    private const uint SpiBase = 0x3FF42000;
    private const uint EfuseBase = 0x3FF5A000;
    private const uint PeripheralSize = 0x1000;

    /// <summary>The rate that the host believes the line to have: after a reset the ROM's own.</summary>
    public int HostBaud { get; set; } = 115_200;

    public uint Read(uint address) => address switch
    {
        RomMagicAddress => RomMagic,
        UartClockDividerAddress => ApbClock / (uint)HostBaud,
        ApbCtlDateAddress => ApbCtlDateRevision3,
        RtcCaliCfg1Address => RtcCaliCfg1,
        >= SpiBase and < SpiBase + PeripheralSize => spi.Read(address - SpiBase),
        >= EfuseBase and < EfuseBase + PeripheralSize => efuse.Read(address - EfuseBase),
        _ => 0,
    };

    public void Write(uint address, uint value)
    {
        if (address is >= SpiBase and < SpiBase + PeripheralSize)
        {
            spi.Write(address - SpiBase, value);
        }
        else if (address is >= EfuseBase and < EfuseBase + PeripheralSize)
        {
            efuse.Write(address - EfuseBase, value);
        }
    }
}
