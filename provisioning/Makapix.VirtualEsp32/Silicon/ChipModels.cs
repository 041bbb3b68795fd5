using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Makapix.Provisioning.Chips.Profiles;
using Makapix.VirtualEsp32.Efuse;
using Makapix.VirtualEsp32.Registers;

namespace Makapix.VirtualEsp32.Silicon;

/// <summary>The kinds of chips that there are as virtual ones: all that the station has a profile of. Addresses are those of each TRM, and of esptool.</summary>
internal static class ChipModels
{
    private const uint RomMagicAddress = 0x40001000;

    /// <summary>APB_CTL_DATE: together with CHIP_VER_REV1 and _REV2, silicon revision 3.</summary>
    private const uint ApbCtlDateAddress = 0x3FF6607C;
    private const uint ApbCtlDateRevision3 = 1u << 31;

    private const uint RtcCaliCfg1Address = 0x3FF5F06C;

    /// <summary>RTC_CALI_VALUE [31:7]: 2048 · 15625 · CLK8M_FREQ 50 / 40 is 40 MHz, as esptool computes what the ROM measured.</summary>
    private const uint RtcCaliCfg1 = 2048u << 7;

    private static readonly ImmutableArray<ChipModel> All =
    [
        new(ChipProfiles.Esp32, Esp32Efuses.Map, new RegisterMap(0x3FF5A000, SpiRegisters.OfEsp32, 0x3FF40014, Constants((RomMagicAddress, 0x00F01D83), (ApbCtlDateAddress, ApbCtlDateRevision3), (RtcCaliCfg1Address, RtcCaliCfg1))), Esp32Efuses.Factory),
        new(ChipProfiles.Find("esp32s3")!, Esp32S3Efuses.Map, After(0x60007000, 0x60002000, 0x00000009), Esp32S3Efuses.Factory),
        new(ChipProfiles.Find("esp32c3")!, Esp32C3Efuses.Map, After(0x60008800, 0x60002000, 0x1B31506F), Esp32C3Efuses.Factory),
        new(ChipProfiles.Find("esp32c6")!, Esp32C6Efuses.Map, After(0x600B0800, 0x60003000, 0x2CE0806F), Esp32C6Efuses.Factory),
    ];

    public static ChipModel Of(ChipProfile profile) => All.Single(model => model.Profile.Name == profile.Name);

    private static RegisterMap After(uint efuse, uint spi, uint magic) => new(efuse, SpiRegisters.At(spi), 0x60000014, Constants((RomMagicAddress, magic)));

    private static ImmutableDictionary<uint, uint> Constants(params (uint Address, uint Value)[] constants) => constants.Select(one => KeyValuePair.Create(one.Address, one.Value)).ToImmutableDictionary();
}
