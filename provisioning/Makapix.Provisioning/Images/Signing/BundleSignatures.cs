using System;

namespace Makapix.Provisioning.Images.Signing;

/// <summary>What the signatures of a bundle's two images come to: signed both, by one key, and for a boot that checks it; or none.</summary>
internal static class BundleSignatures
{
    /// <summary>The CPU maps flash by pages of this size: what lies behind an image in its last page would be mapped, and no signature covers it.</summary>
    private const int PageLength = 64 * 1024;

    /// <summary>Bytes that an image takes in flash, when it is signed.</summary>
    public static int LengthOnFlash(EspImage image) => SignatureBlock.SignedLength(image.Length) + SignatureBlock.SectorLength;

    /// <returns>A signature of the key that made both; null if neither is signed.</returns>
    /// <exception cref="ImageException">101…103: a signature is none. 104: one image is signed and the other is not. 105: by two keys. 106: signed, and the
    /// bundle says that nothing checks it. 107: nanoCLR was not padded for secure boot. 108: something lies behind an image.</exception>
    public static SignatureBlock? Check(BundleManifest manifest, (byte[] Bytes, EspImage Image) bootloader, (byte[] Bytes, EspImage Image) nanoClr)
    {
        var first = Verified(manifest.Bootloader.File, bootloader.Bytes, bootloader.Image);
        var second = Verified(manifest.NanoClr.File, nanoClr.Bytes, nanoClr.Image);
        if (first is null != second is null)
        {
            throw new ImageException("104", $"{(first is null ? manifest.NanoClr.File : manifest.Bootloader.File)} is signed, and {(first is null ? manifest.Bootloader.File : manifest.NanoClr.File)} is not.", "Sign the bundle as it came from the build: makapix bundle sign.");
        }

        if (first?.KeyDigest != second?.KeyDigest)
        {
            throw new ImageException("105", $"{manifest.Bootloader.File} and {manifest.NanoClr.File} are signed by different keys, and a chip trusts one.", "Sign the bundle as it came from the build: makapix bundle sign.");
        }

        if (first is not null && !manifest.NanoClrBuild.SecureBoot)
        {
            throw new ImageException("106", "the images are signed, and the bundle says that its bootloader checks no signature.", "Say secureBoot in nanoClrBuild if it was built with it; if not, build it again.");
        }

        return manifest.NanoClrBuild.SecureBoot && nanoClr.Image.Length % PageLength != 0
            ? throw new ImageException("107", $"{manifest.NanoClr.File} does not end with a page of {PageLength / 1024} KB: the chip would map what lies behind it, unsigned.", "Build it with CONFIG_SECURE_BOOT_V2_ENABLED, which pads it (esptool elf2image --secure-pad-v2).")
            : first;
    }

    private static SignatureBlock? Verified(string file, byte[] bytes, EspImage image)
    {
        var block = SignatureBlock.Find(bytes, image.Length);
        block?.Verify(bytes, image.Length, file);

        // What is not image and not signature must be what erased flash holds: a second signature would be of a key that nobody burned.
        var end = block is null ? image.Length : SignatureBlock.SignedLength(image.Length) + SignatureBlock.BlockLength;
        var sound = !bytes.AsSpan(Math.Min(end, bytes.Length)).ContainsAnyExcept((byte)0xFF) && (block is null || bytes.Length == LengthOnFlash(image));
        return sound ? block : throw new ImageException("108", $"{file} goes on behind its {(block is null ? "end" : "signature")}.", "Take it from the build again, and sign the bundle again: makapix bundle sign.");
    }
}
