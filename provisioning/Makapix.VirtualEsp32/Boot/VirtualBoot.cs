using System;
using System.Linq;
using Makapix.Provisioning.Chips.Profiles;
using Makapix.Provisioning.Images;
using Makapix.VirtualEsp32.Flash;

namespace Makapix.VirtualEsp32.Boot;

/// <summary>
/// What happens between reset and the first managed instruction, on the flash as it is: ROM (bootloader image), second-stage bootloader
/// (partition table, application image), nanoCLR (assemblies). The programs themselves do not run; what they check is checked.
/// </summary>
public static class VirtualBoot
{
    /// <summary>Boots the chip from flash.</summary>
    /// <returns>What the firmware is handed, or why the chip does not boot (codes 100 … 114); the caller disposes it.</returns>
    public static BootResult Run(VirtualChip chip)
    {
        ArgumentNullException.ThrowIfNull(chip);
        lock (chip.Gate)
        {
            try
            {
                RequireModelled(chip);
                using var cache = new CachePath(chip);
                return Run(cache, chip.Profile, new SecureBoot(chip.Profile, chip.Efuses));
            }
            catch (VirtualChipException e)
            {
                return new BootResult(chip.Efuses.FlashEncryptionEnabled, [], [], e);
            }
        }
    }

    private static BootResult Run(CachePath cache, ChipProfile chip, SecureBoot secureBoot)
    {
        var stage = new BootStage(cache);
        stage.Load("101", "bootloader", chip.BootloaderAddress, (int)(PartitionTable.DefaultOffset - chip.BootloaderAddress), bytes => Started(bytes.Span, "the bootloader", chip, secureBoot));
        var table = stage.Load("102", "partition table", PartitionTable.DefaultOffset, PartitionTable.Length, bytes => ParseTable(bytes.Span));

        var app = table.Find(PartitionType.App, PartitionSubType.AppFactory)
            ?? throw new VirtualChipException("103", "the partition table has no factory app.", "Write the partition table of the firmware bundle.");
        stage.Load("104", $"application '{app.Name}'", app.Offset, (int)app.Size, bytes => Started(bytes.Span, "the application", chip, secureBoot));

        var deploy = table.Find(PartitionType.Data, PartitionSubType.DataNanoDeployment)
            ?? throw new VirtualChipException("105", "the partition table has no deploy partition (data, 0x84).", "Write the partition table of the firmware bundle.");
        return stage.Load("106", $"deployment '{deploy.Name}'", deploy.Offset, (int)deploy.Size, bytes => Start(bytes, cache.Decrypts));
    }

    private static EspImage Started(ReadOnlySpan<byte> bytes, string what, ChipProfile chip, SecureBoot secureBoot)
    {
        var image = EspImage.Parse(bytes, what, chip.ImageChipId);
        secureBoot.Require(bytes, image, what);
        return image;
    }

    private static PartitionTable ParseTable(ReadOnlySpan<byte> bytes)
    {
        var table = PartitionTable.Parse(bytes);
        table.RequireWithin(NorFlash.Size);
        return table;
    }

    private static BootResult Start(ReadOnlyMemory<byte> deploy, bool decrypted)
    {
        var assemblies = DeploymentImage.Walk(deploy);
        if (assemblies.Count == 0)
        {
            throw new ImageException("041", "the deployment does not begin with NFMRK1: there is no assembly.", "Deploy the firmware bundle.");
        }

        var identity = assemblies.FirstOrDefault(assembly => assembly.Pe.Name == IdentityTemplate.AssemblyName)
            ?? throw new VirtualChipException("107", $"none of the {assemblies.Count} deployed assemblies is {IdentityTemplate.AssemblyName}.", "Deploy the firmware bundle with its identity template.");
        return new BootResult(decrypted, [.. assemblies.Select(assembly => assembly.Pe)], IdentityTemplate.Read(identity.Bytes.Span), null);
    }

    /// <summary>Fuses that keep a chip from booting, or that would need what is not modelled: better no boot than a pretended one.</summary>
    private static void RequireModelled(VirtualChip chip)
    {
        var efuses = chip.Efuses;
        if (chip.Model.CachesOff.FirstOrDefault(name => efuses.Read(name) != 0) is { } off)
        {
            throw new VirtualChipException("100", $"{off} is burned: the CPU has no way to its program any more.", "Nothing mends this chip; use another.");
        }

        if (!chip.Model.IsClassic)
        {
            return;
        }

        if (efuses.Read("ABS_DONE_0") != 0)
        {
            throw new VirtualChipException("108", "the first version of secure boot is on (ABS_DONE_0), and a virtual chip does not know it.", "Use a chip without it, or with the second version.");
        }

        if (efuses.Read("CODING_SCHEME") != 0)
        {
            throw new VirtualChipException("109", "CODING_SCHEME is not None, and only that one is modelled.", "Use a chip with CODING_SCHEME 0, as 32-byte keys need.");
        }
    }
}
