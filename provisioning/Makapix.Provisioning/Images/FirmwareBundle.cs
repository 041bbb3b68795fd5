using System.Collections.Generic;
using System.Security.Cryptography;
using Makapix.Provisioning.Chips.Profiles;
using Makapix.Provisioning.Images.Signing;

namespace Makapix.Provisioning.Images;

/// <summary>A verified firmware: everything a device gets that is not its own. Made by <see cref="Load"/>; immutable.</summary>
public sealed partial class FirmwareBundle
{
    private readonly BundleManifest _manifest;
    private readonly byte[] _bootloader;
    private readonly byte[] _nanoClr;
    private readonly byte[][] _assemblies;
    private readonly byte[] _identityTemplate;
    private readonly PartitionEntry _deploy;

    private FirmwareBundle(BundleManifest manifest, ChipProfile chip, PartitionTable partitionTable, byte[] bootloader, byte[] nanoClr, byte[][] assemblies, byte[] identityTemplate)
    {
        _manifest = manifest;
        Chip = chip;
        PartitionTable = partitionTable;
        _bootloader = bootloader;
        _nanoClr = nanoClr;
        _assemblies = assemblies;
        _identityTemplate = identityTemplate;
        _deploy = partitionTable.Find(PartitionType.Data, PartitionSubType.DataNanoDeployment)!;
    }

    /// <summary>Version of the firmware.</summary>
    public string FirmwareVersion => _manifest.FirmwareVersion;

    /// <summary>True if bootloader and nanoCLR are generated stand-ins, which no silicon runs.</summary>
    public bool IsStandIn => _manifest.StandIn;

    /// <summary>The chip it is for.</summary>
    public ChipProfile Chip { get; }

    /// <summary>Bytes of flash it is for.</summary>
    public uint FlashSize => _manifest.FlashSize;

    /// <summary>What nanoCLR was built with.</summary>
    public NanoClrBuild NanoClrBuild => _manifest.NanoClrBuild;

    /// <summary>Digest of the key that signed bootloader and nanoCLR, lower-case hex; null as long as they are not signed. A chip that checks signatures has it burned in.</summary>
    public string? SigningKeyDigest => Signer?.KeyDigest;

    /// <summary>The partitions.</summary>
    public PartitionTable PartitionTable { get; }

    /// <summary>Refuses a bundle that was built for secure boot and is not signed: a chip that checks signatures would not boot it.</summary>
    /// <exception cref="ImageException">100: it is not signed.</exception>
    public void RequireSigned()
    {
        if (NanoClrBuild.SecureBoot && SigningKeyDigest is null)
        {
            throw new ImageException("100", "the bundle was built for secure boot, and its images are not signed.", "Sign it where the signing key is: makapix bundle sign.");
        }
    }

    /// <summary>Refuses a bundle that another key signed than the one this station takes bundles of, or none.</summary>
    /// <param name="digest">Digest of that key, hex.</param>
    /// <exception cref="ImageException">125: it is not signed by that key.</exception>
    public void RequireSignedBy(string digest)
    {
        if (!string.Equals(SigningKeyDigest, digest, System.StringComparison.OrdinalIgnoreCase))
        {
            throw new ImageException("125", $"the bundle is {(SigningKeyDigest is { } other ? $"signed by the key with the digest {other}" : "not signed")}, and not by the key that was asked for.", "Do not use it before you know who made it: 'makapix bundle verify' shows whose signature a bundle has.");
        }
    }

    internal BundleManifest Manifest => _manifest;

    /// <summary>A signature of the key that signed both images.</summary>
    internal SignatureBlock? Signer { get; private init; }

    /// <summary>
    /// The plaintext images for one device: bootloader, partition table, nanoCLR, and the deployment with this device's identity.
    /// What they leave out (nvs, phy_init, nvs_keys, config) is to be erased.
    /// </summary>
    /// <param name="identityBlob">What <see cref="IdentityBlob.Encode"/> made.</param>
    /// <returns>The images, by ascending address. The last one holds the secrets: dispose all.</returns>
    /// <exception cref="ImageException">060…072: no valid identity. 096: the deployment does not fit its partition.</exception>
    public IReadOnlyList<FlashImage> BuildImages(byte[] identityBlob)
    {
        var identity = IdentityTemplate.Fill(_identityTemplate, identityBlob);
        byte[] deployment = [];
        try
        {
            deployment = DeploymentImage.Build([.. _assemblies, identity]);
            return deployment.Length <= _deploy.Size
                ?
                [
                    new FlashImage("bootloader", _manifest.Bootloader.Offset, _bootloader),
                    new FlashImage("partition-table", _manifest.PartitionTable.Offset, PartitionTable.ToBytes()),
                    new FlashImage("nanoclr", _manifest.NanoClr.Offset, _nanoClr),
                    new FlashImage("deploy", _deploy.Offset, deployment),
                ]
                : throw new ImageException("096", $"the deployment of 0x{deployment.Length:X} bytes does not fit partition '{_deploy.Name}' of 0x{_deploy.Size:X}.", "Use smaller assemblies, or a bigger partition.");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(identity);
            CryptographicOperations.ZeroMemory(deployment);
        }
    }
}
