using System;
using System.Security.Cryptography.X509Certificates;
using Makapix.Provisioning.Images;
using Makapix.VirtualEsp32.Boot;

namespace Makapix.PowerCuts;

/// <summary>Whom a board takes itself for, by what its own flash says.</summary>
/// <param name="DeviceId">Its device id.</param>
/// <param name="Serial">Serial number of its certificate.</param>
/// <param name="FlashEncrypted">Whether it was booted through the decrypting cache.</param>
/// <param name="PrivateKey">Its key. Secret, and looked for where it must not be.</param>
internal sealed record BootedIdentity(Guid DeviceId, string Serial, bool FlashEncrypted, byte[] PrivateKey)
{
    private const int VersionOffset = 10;

    public static bool IsFilled(ReadOnlySpan<byte> blob) => blob[VersionOffset] != 0;

    public static BootedIdentity Of(BootResult boot)
    {
        using var blob = IdentityBlob.Decode(boot.IdentityBlob.Span);
        using var leaf = X509CertificateLoader.LoadCertificate(blob.CertificateChain);
        return new BootedIdentity(blob.DeviceId, leaf.SerialNumber, boot.FlashEncrypted, blob.PrivateKey.ToArray());
    }
}
