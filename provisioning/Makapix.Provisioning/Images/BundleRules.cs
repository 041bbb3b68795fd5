using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Makapix.Provisioning.Chips.Profiles;

namespace Makapix.Provisioning.Images;

/// <summary>What the schema says of a manifest's values, and what flash encryption asks of a layout.</summary>
internal static partial class BundleRules
{
    private const int MaxAssemblies = 64;

    /// <returns>The chip it is for.</returns>
    /// <exception cref="ImageException">092: a value that the schema does not allow. 093: a name that may lead out of the folder.</exception>
    public static ChipProfile CheckValues(BundleManifest manifest)
    {
        Require(manifest.Format == BundleManifest.CurrentFormat, "format", $"is not {BundleManifest.CurrentFormat}");
        var chip = ChipProfiles.Find(manifest.Chip);
        Require(chip is not null, "chip", $"is not {string.Join(", ", ChipProfiles.Names)}");
        Require(chip!.Layout(manifest.FlashSize) is not null, "flashSize", $"is not {string.Join(", ", chip.Layouts.Select(layout => layout.FlashSize >> 20))} MiB");
        Require(VersionShape().IsMatch(manifest.FirmwareVersion), "firmwareVersion", "is not of the shape 1.2.3 or 1.2.3-beta");
        Require(manifest.Assemblies.Count <= MaxAssemblies, "assemblies", $"has more than {MaxAssemblies} files");
        Require(manifest.Assemblies.All(file => file is not null), "assemblies", "has an entry that is null");
        foreach (var file in FilesOf(manifest))
        {
            // Bytes from elsewhere would be flashed under the name of this bundle.
            if (!NameShape().IsMatch(file.File))
            {
                throw new ImageException("093", $"{BundleManifest.FileName} names a file that does not lie beside it.", "Use a plain file name: letters, digits, dot, dash, underscore.");
            }

            Require(HashShape().IsMatch(file.Sha256), "sha256", $"of '{file.File}' is not 64 lower-case hex digits");
            Require(file is not PlacedBundleFile placed || (placed.Offset % PartitionRules.SectorLength == 0 && placed.Offset >= chip.BootloaderAddress && placed.Offset < manifest.FlashSize),
                "offset", $"of '{file.File}' is no sector of the flash");
        }

        return chip;
    }

    /// <exception cref="ImageException">096: something does not fit. 097: a partition that would be unreadable once flash encryption is on.</exception>
    public static void CheckLayout(BundleManifest manifest, ChipProfile chip, PartitionTable table, int bootloaderLength, int nanoClrLength)
    {
        Fit(manifest.Bootloader.Offset == chip.BootloaderAddress, $"the bootloader is not at 0x{chip.BootloaderAddress:X}, where the {chip.Title} looks for it");
        Fit(manifest.Bootloader.Offset + (ulong)bootloaderLength <= manifest.PartitionTable.Offset, "the bootloader reaches into the partition table");
        table.RequireWithin(manifest.FlashSize);

        var factory = table.Find(PartitionType.App, PartitionSubType.AppFactory);
        Fit(factory is not null && factory.Offset == manifest.NanoClr.Offset, $"nanoCLR is at 0x{manifest.NanoClr.Offset:X}, but no factory partition is");
        Fit((uint)nanoClrLength <= factory!.Size, $"nanoCLR does not fit its partition of 0x{factory.Size:X} bytes");

        // The cache decrypts what it maps, flagged or not, so an unflagged deploy reads as noise; nanoCLR's NVS start-up ends in a
        // boot loop without nvs_keys; and config would keep what the device stores in clear.
        Encrypted(table, PartitionSubType.DataNanoDeployment, "deploy (data, 0x84)");
        Encrypted(table, PartitionSubType.DataNvsKeys, "nvs_keys");
        Encrypted(table, PartitionSubType.DataLittleFs, "config (data, littlefs)");
    }

    /// <summary>Every file that a manifest names.</summary>
    public static IEnumerable<BundleFile> FilesOf(BundleManifest manifest) =>
        [manifest.Bootloader, manifest.PartitionTable, manifest.NanoClr, .. manifest.Assemblies, manifest.IdentityTemplate];

    private static void Encrypted(PartitionTable table, byte subType, string what)
    {
        if (table.Find(PartitionType.Data, subType)?.Flags.HasFlag(PartitionFlags.Encrypted) != true)
        {
            throw new ImageException("097", $"the partition table has no partition {what} with the flag 'encrypted'.", "Add it: without it a device with flash encryption does not start.");
        }
    }

    private static void Require(bool holds, string field, string what)
    {
        if (!holds)
        {
            throw new ImageException("092", $"{BundleManifest.FileName}: {field} {what}.", "Compare it with bundle.schema.json, and build the bundle again.");
        }
    }

    private static void Fit(bool holds, string what)
    {
        if (!holds)
        {
            throw new ImageException("096", $"the bundle does not fit together: {what}.", "Build the bundle again from one firmware build.");
        }
    }

    [GeneratedRegex(@"\A[0-9]{1,5}\.[0-9]{1,5}\.[0-9]{1,5}(-[0-9A-Za-z.-]{1,32})?\z")]
    private static partial Regex VersionShape();

    [GeneratedRegex(@"\A[A-Za-z0-9_][A-Za-z0-9._-]{0,99}\z")]
    private static partial Regex NameShape();

    [GeneratedRegex(@"\A[0-9a-f]{64}\z")]
    private static partial Regex HashShape();
}
