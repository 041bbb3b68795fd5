using Makapix.Provisioning.Chips;

namespace Makapix.VirtualEsp32.Efuse;

/// <summary>What Espressif burns before a chip is sold: here an ESP32-D0WD-V3, revision v3.1.</summary>
internal static class FactoryEfuses
{
    // BLOCK0 word 3
    private const uint PackageD0Wd = 1u << 9;
    private const uint CpuFrequencyRated = 1u << 13;
    private const uint ChipVersionRevision1 = 1u << 15;

    // BLOCK0 word 5; revision 3 is these two and bit 31 of APB_CTL_DATE
    private const uint ChipVersionRevision2 = 1u << 20;
    private const uint WaferVersionMinor1 = 1u << 24;

    /// <summary>CLK8M_FREQ: with the calibration value in RTCCALICFG1, esptool finds that the ROM measured 40 MHz.</summary>
    private const uint Clk8MFrequency = 50;

    public static uint[] Create(MacAddress mac)
    {
        var words = new uint[EfuseBlock.TotalWords];
        words[1] = (uint)mac.Value;
        words[2] = ((uint)FactoryMac.Crc(mac) << 16) | (uint)(mac.Value >> 32);
        words[3] = PackageD0Wd | CpuFrequencyRated | ChipVersionRevision1;
        words[4] = Clk8MFrequency;
        words[5] = ChipVersionRevision2 | WaferVersionMinor1;
        return words;
    }
}
