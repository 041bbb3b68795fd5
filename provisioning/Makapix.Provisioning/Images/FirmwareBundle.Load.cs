using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Makapix.Provisioning.Images.Signing;

namespace Makapix.Provisioning.Images;

public sealed partial class FirmwareBundle
{
    private const int MaxTextLength = 64 * 1024;

    /// <summary>Reads and verifies a bundle: its manifest against the schema, every file against its hash and its own format, the layout as a whole.</summary>
    /// <param name="directory">The folder with <c>bundle.json</c>.</param>
    /// <exception cref="ImageException">090: no bundle. 091…093: the manifest. 094, 095: a file. 096, 097: the layout.
    /// 010…052 and 080…083: a file is not what it should be. 101…109: a signature.</exception>
    public static FirmwareBundle Load(string directory)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        var (manifest, json) = ReadManifest(directory);
        var bundle = Check(manifest, file => ReadFile(directory, file, file == manifest.PartitionTable ? MaxTextLength : (int)manifest.FlashSize));
        if (bundle.Signer is { } signer && !signer.AlsoSigned(json, ReadSignature(directory)))
        {
            throw new ImageException("109", $"{BundleManifest.FileName} was not signed by the key that signed the images: {BundleFolder.SignatureFile} is missing, or either was changed.", "Copy the bundle again; if it stays, do not use it: somebody changed it.");
        }

        return bundle;
    }

    /// <summary>All that <see cref="Load"/> verifies but where the files come from.</summary>
    internal static FirmwareBundle Check(BundleManifest manifest, Func<BundleFile, byte[]> read)
    {
        var chip = BundleRules.CheckValues(manifest);
        var csv = read(manifest.PartitionTable);
        var bootloader = read(manifest.Bootloader);
        var nanoClr = read(manifest.NanoClr);
        var assemblies = manifest.Assemblies.Select(read).ToArray();
        var identityTemplate = read(manifest.IdentityTemplate);

        var first = EspImage.Parse(bootloader, manifest.Bootloader.File, chip.ImageChipId);
        var second = EspImage.Parse(nanoClr, manifest.NanoClr.File, chip.ImageChipId);
        var signer = BundleSignatures.Check(manifest, (bootloader, first), (nanoClr, second));
        IdentityTemplate.RequireBlank(identityTemplate);
        DeploymentImage.Build([.. assemblies, identityTemplate]);

        // What will be signed must have room for that.
        var table = PartitionTable.ParseCsv(Encoding.UTF8.GetString(csv), manifest.PartitionTable.Offset);
        var signed = manifest.NanoClrBuild.SecureBoot;
        BundleRules.CheckLayout(manifest, chip, table, signed ? BundleSignatures.LengthOnFlash(first) : bootloader.Length, signed ? BundleSignatures.LengthOnFlash(second) : nanoClr.Length);
        return new FirmwareBundle(manifest, chip, table, bootloader, nanoClr, assemblies, identityTemplate) { Signer = signer };
    }

    /// <summary>A file of a bundle's folder, or of the folder that one is made of.</summary>
    /// <exception cref="ImageException">094: it cannot be read whole.</exception>
    internal static byte[] ReadContent(string directory, string file, int limit)
    {
        try
        {
            return BoundedFile.Read(Path.Combine(directory, file), limit) is { Length: > 0 } content
                ? content
                : throw new ImageException("094", $"'{file}' of the bundle is empty, or bigger than {limit} bytes.", "Copy the bundle again, whole.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ImageException("094", $"'{file}' of the bundle cannot be read.", "Copy the bundle again, whole.", e);
        }
    }

    /// <summary>A file of a bundle, which must be the one that its manifest names.</summary>
    /// <exception cref="ImageException">094: it cannot be read whole. 095: it is another one.</exception>
    internal static byte[] ReadFile(string directory, BundleFile file, int limit)
    {
        var content = ReadContent(directory, file.File, limit);
        return Convert.ToHexStringLower(SHA256.HashData(content)) == file.Sha256
            ? content
            : throw new ImageException("095", $"'{file.File}' does not match its SHA-256 in {BundleManifest.FileName}.", "Copy the bundle again; if it stays, do not use it: somebody changed it.");
    }

    private static (BundleManifest Manifest, byte[] Json) ReadManifest(string directory)
    {
        try
        {
            var json = BoundedFile.Read(Path.Combine(directory, BundleManifest.FileName), MaxTextLength)
                ?? throw new ImageException("091", $"{BundleManifest.FileName} has more than {MaxTextLength} bytes.", "Check that it is the file you meant.");
            return (JsonSerializer.Deserialize(json, BundleJson.Default.BundleManifest) ?? throw new JsonException(), json);
        }
        catch (JsonException e)
        {
            throw new ImageException(
                "091",
                $"{BundleManifest.FileName} does not follow its schema at {e.Path ?? "$"}, line {e.LineNumber + 1}: a field is missing, unknown, repeated, or of another type.",
                $"Compare it with {ImageResource.BundleSchema}.",
                e);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ImageException("090", $"'{directory}' is no firmware bundle: there is no {BundleManifest.FileName}.", "Name the folder of a bundle, or make one with: makapix bundle demo --out DIR.", e);
        }
    }

    private static byte[] ReadSignature(string directory)
    {
        var path = Path.Combine(directory, BundleFolder.SignatureFile);
        return File.Exists(path) ? BoundedFile.Read(path, MaxTextLength) ?? [] : [];
    }
}
