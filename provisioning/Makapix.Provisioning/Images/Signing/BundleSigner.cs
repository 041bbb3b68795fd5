using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Provisioning.Chips;

namespace Makapix.Provisioning.Images.Signing;

/// <summary>
/// Signs the bootloader and the nanoCLR of a bundle for secure boot v2, and its manifest. The signature is made here, or by a token; espsecure verifies it and puts it
/// behind its image, so that the key is never handed to a tool.
/// </summary>
/// <param name="tools">The installed tools.</param>
public sealed class BundleSigner(EspTools tools)
{
    /// <summary>Writes a signed copy of a bundle.</summary>
    /// <param name="source">The bundle as it came from the build.</param>
    /// <param name="key">Signs.</param>
    /// <param name="directory">A folder that is empty or not there.</param>
    /// <param name="cancel">Ends it; nothing stays behind.</param>
    /// <returns>The signed bundle, verified.</returns>
    /// <exception cref="ImageException">123: it is signed already. 124: it was not built for that. 099: the folder. And what <see cref="FirmwareBundle.Load"/> says.</exception>
    /// <exception cref="ChipException">espsecure is missing, or did not take a signature.</exception>
    /// <exception cref="IOException">It cannot be written; what was written is removed.</exception>
    public async Task<FirmwareBundle> SignAsync(string source, FirmwareKey key, string directory, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(key);
        BundleFolder.RequireNew(directory);
        var bundle = FirmwareBundle.Load(source);
        if (bundle.SigningKeyDigest is { } signer)
        {
            throw new ImageException("123", $"the bundle is signed already, by the key with the digest {signer}.", "Sign it as it came from the build.");
        }

        if (!bundle.NanoClrBuild.SecureBoot)
        {
            throw new ImageException("124", "the bundle was not built for secure boot: nothing on the device would check its signature.", "Build it with CONFIG_SECURE_BOOT_V2_ENABLED, and say secureBoot in build.json.");
        }

        var manifest = bundle.Manifest;
        var files = BundleRules.FilesOf(manifest).DistinctBy(file => file.File).ToDictionary(file => file.File, file => FirmwareBundle.ReadFile(source, file, (int)bundle.FlashSize));
        var scratch = Directory.CreateTempSubdirectory("makapix-sign-");
        try
        {
            var espsecure = tools.For(bundle.Chip).Espsecure;
            foreach (var file in new[] { manifest.Bootloader.File, manifest.NanoClr.File })
            {
                files[file] = await SignAsync(espsecure, Padded(files[file], file, bundle.Chip.ImageChipId), key, scratch.FullName, cancel);
            }
        }
        finally
        {
            scratch.Delete(recursive: true);
        }

        manifest = manifest with
        {
            Bootloader = Hashed(manifest.Bootloader),
            NanoClr = Hashed(manifest.NanoClr),
        };
        var signed = FirmwareBundle.Check(manifest, file => files[file.File]);
        BundleFolder.Write(directory, manifest, files.Select(file => (file.Key, file.Value)), json => key.Sign(json));
        return signed;

        PlacedBundleFile Hashed(PlacedBundleFile file) => file with { Sha256 = Convert.ToHexStringLower(SHA256.HashData(files[file.File])) };
    }

    /// <summary>The image alone, filled up to whole sectors with what erased flash holds.</summary>
    private static byte[] Padded(byte[] content, string file, ushort chipId)
    {
        var length = EspImage.Parse(content, file, chipId).Length;
        var padded = new byte[SignatureBlock.SignedLength(length)];
        padded.AsSpan(length).Fill(0xFF);
        content.AsSpan(0, length).CopyTo(padded);
        return padded;
    }

    private static async Task<byte[]> SignAsync(Espsecure espsecure, byte[] image, FirmwareKey key, string scratch, CancellationToken cancel)
    {
        var (imageFile, keyFile, signatureFile, output) = (Path.Combine(scratch, "image"), Path.Combine(scratch, "key.pem"), Path.Combine(scratch, "signature"), Path.Combine(scratch, "signed"));
        await File.WriteAllBytesAsync(imageFile, image, cancel);
        await File.WriteAllTextAsync(keyFile, key.PublicPem, cancel);
        await File.WriteAllBytesAsync(signatureFile, key.Sign(image), cancel);
        await espsecure.AttachSignatureAsync(imageFile, keyFile, signatureFile, output, cancel);
        return await File.ReadAllBytesAsync(output, cancel);
    }
}
