using System.Collections.Generic;
using System.Linq;

namespace Makapix.Provisioning.Images;

public sealed partial class FirmwareBundle
{
    /// <summary>Where the images of <see cref="BuildImages"/> go, and how long each is: the same for every device, since a template is filled in place.</summary>
    public IReadOnlyList<ImageArea> Layout
    {
        get
        {
            using var bootloader = new FlashImage("bootloader", _manifest.Bootloader.Offset, _bootloader);
            using var nanoClr = new FlashImage("nanoclr", _manifest.NanoClr.Offset, _nanoClr);
            using var table = new FlashImage("partition-table", _manifest.PartitionTable.Offset, PartitionTable.ToBytes());
            using var deploy = new FlashImage("deploy", _deploy.Offset, DeploymentImage.Build([.. _assemblies, _identityTemplate]));
            return [.. new[] { bootloader, table, nanoClr, deploy }.Select(image => new ImageArea(image.Name, image.Address, image.Bytes.Length))];
        }
    }
}
