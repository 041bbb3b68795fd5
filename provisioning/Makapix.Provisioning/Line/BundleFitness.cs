using Makapix.Provisioning.Chips;
using Makapix.Provisioning.Images;

namespace Makapix.Provisioning.Line;

/// <summary>Whether a bundle may be provisioned under a policy. What would leave a device open, or dead, is refused before the board is touched.</summary>
internal static class BundleFitness
{
    /// <exception cref="LineException">130…133: it may not, and why.</exception>
    public static void Require(FirmwareBundle bundle, ProvisioningPolicy policy, ChipPort port)
    {
        if (bundle.IsStandIn && !port.IsVirtual)
        {
            throw new LineException("130", "the bundle is a stand-in: no chip can run it, and a board fused for it is lost.", "Give a bundle with a real bootloader and nanoCLR.");
        }

        if (bundle.NanoClrBuild.SecureBoot && bundle.SigningKeyDigest is null)
        {
            throw new LineException("131", "the bundle was built for secure boot, and is not signed: the chip would not boot it.", "Sign it where the signing key is (makapix bundle sign), and give the signed one.");
        }

        if (policy == ProvisioningPolicy.Lab)
        {
            return;
        }

        if (bundle.NanoClrBuild.WireProtocol)
        {
            throw new LineException("132", "the bundle's nanoCLR answers nanoFramework's debug protocol, which hands out what flash encryption hides.", "Give a bundle built without it; --policy lab takes this one, for the laboratory.");
        }

        if (!bundle.NanoClrBuild.FlashEncryptionRelease)
        {
            throw new LineException("133", "the bundle's bootloader was not built for the release mode of flash encryption.", "Give a bundle built with CONFIG_SECURE_FLASH_ENCRYPTION_MODE_RELEASE; --policy lab takes this one, for the laboratory.");
        }
    }
}
