using System;
using System.Collections.Generic;
using System.Linq;
using Makapix.Provisioning.Chips;
using Makapix.Provisioning.Chips.Profiles;
using Makapix.VirtualEsp32.Efuse;
using Makapix.VirtualEsp32.Registers;

namespace Makapix.VirtualEsp32.Silicon;

/// <summary>What makes one kind of virtual chip different from another.</summary>
/// <param name="Profile">What the station knows of it: ids, addresses, names.</param>
/// <param name="Efuses">Its fuses.</param>
/// <param name="Registers">What its loader reads and writes.</param>
/// <param name="Factory">The fuses of a chip that has just been sold.</param>
internal sealed record ChipModel(ChipProfile Profile, EfuseMap Efuses, RegisterMap Registers, Func<MacAddress, uint[]> Factory)
{
    /// <summary>Whether it is the ESP32, whose ROM and fuses are older than those of all others.</summary>
    public bool IsClassic => Profile.Name == ChipProfiles.Esp32.Name;

    /// <summary>The fuse that turns the loader off at the next reset.</summary>
    public string DownloadOff => IsClassic ? "UART_DOWNLOAD_DIS" : "DIS_DOWNLOAD_MODE";

    /// <summary>The fuses that leave the CPU without a way to its program, or to its data.</summary>
    public IEnumerable<string> CachesOff => IsClassic ? ["DIS_CACHE"] : new[] { "DIS_ICACHE", "DIS_DCACHE" }.Where(name => Efuses.Fields.Any(fuse => fuse.Name == name));

    /// <summary>The controller of its fuses, just reset.</summary>
    public IPeripheral CreateController(EfuseArray efuses) => IsClassic ? new EfuseController(efuses) : new KeyBlockEfuseController(efuses);
}
