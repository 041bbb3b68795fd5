using System;

namespace Makapix.VirtualEsp32.Firmware;

/// <summary>What stands in for bootloader and nanoCLR, which do not run here: it is handed what they would hand the firmware.</summary>
public interface IVirtualFirmware
{
    /// <summary>Starts after a boot.</summary>
    /// <param name="identityBlob">The identity in flash, 4096 bytes, blank or filled; cleared when this returns.</param>
    IRunningFirmware Start(ReadOnlyMemory<byte> identityBlob);
}
