using Makapix.VirtualEsp32;
using Makapix.VirtualEsp32.Boot;

namespace Makapix.Cli;

/// <summary>Boots a virtual chip from its flash, as its ROM and bootloader would.</summary>
internal static class ChipBoot
{
    /// <summary>The identity blob that the firmware is handed, 4096 bytes. The caller zeroes it.</summary>
    /// <param name="folder">The chip's state folder.</param>
    /// <param name="encrypted">Whether the flash was decrypted on the way in.</param>
    /// <exception cref="VirtualChipException">It does not boot, and why.</exception>
    public static byte[] Identity(string folder, out bool encrypted)
    {
        using var chip = VirtualChip.Open(folder);
        using var boot = VirtualBoot.Run(chip);
        encrypted = boot.FlashEncrypted;
        return boot.Failure is { } failure ? throw failure : boot.IdentityBlob.ToArray();
    }
}
