using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Makapix.Provisioning.Images;

public sealed partial class FirmwareBundle
{
    private const int MaxTextLength = 64 * 1024;

    /// <summary>Reads and verifies a bundle: its manifest against the schema, every file against its hash and its own format, the layout as a whole.</summary>
    /// <param name="directory">The folder with <c>bundle.json</c>.</param>
    /// <exception cref="ImageException">090: no bundle. 091…093: the manifest. 094, 095: a file. 096, 097: the layout.
    /// 010…052 and 080…083: a file is not what it should be.</exception>
    public static FirmwareBundle Load(string directory)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        var manifest = ReadManifest(directory);
        var chip = BundleRules.CheckValues(manifest);

        var limit = (int)manifest.FlashSize;
        var csv = ReadFile(directory, manifest.PartitionTable, MaxTextLength);
        var bootloader = ReadFile(directory, manifest.Bootloader, limit);
        var nanoClr = ReadFile(directory, manifest.NanoClr, limit);
        var assemblies = manifest.Assemblies.Select(file => ReadFile(directory, file, limit)).ToArray();
        var identityTemplate = ReadFile(directory, manifest.IdentityTemplate, limit);

        EspImage.Parse(bootloader, manifest.Bootloader.File, chip.ImageChipId);
        EspImage.Parse(nanoClr, manifest.NanoClr.File, chip.ImageChipId);
        IdentityTemplate.RequireBlank(identityTemplate);
        DeploymentImage.Build([.. assemblies, identityTemplate]);

        var table = PartitionTable.ParseCsv(Encoding.UTF8.GetString(csv), manifest.PartitionTable.Offset);
        BundleRules.CheckLayout(manifest, chip, table, bootloader.Length, nanoClr.Length);
        return new FirmwareBundle(manifest, chip, table, bootloader, nanoClr, assemblies, identityTemplate);
    }

    private static BundleManifest ReadManifest(string directory)
    {
        try
        {
            var json = BoundedFile.Read(Path.Combine(directory, BundleManifest.FileName), MaxTextLength)
                ?? throw new ImageException("091", $"{BundleManifest.FileName} has more than {MaxTextLength} bytes.", "Check that it is the file you meant.");
            return JsonSerializer.Deserialize(json, BundleJson.Default.BundleManifest) ?? throw new JsonException();
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

    private static byte[] ReadFile(string directory, BundleFile file, int limit)
    {
        byte[]? content;
        try
        {
            content = BoundedFile.Read(Path.Combine(directory, file.File), limit);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ImageException("094", $"'{file.File}' of the bundle cannot be read.", "Copy the bundle again, whole.", e);
        }

        if (content is not { Length: > 0 })
        {
            throw new ImageException("094", $"'{file.File}' of the bundle is {(content is null ? $"bigger than {limit} bytes" : "empty")}.", "Copy the bundle again, whole.");
        }

        return Convert.ToHexStringLower(SHA256.HashData(content)) == file.Sha256
            ? content
            : throw new ImageException("095", $"'{file.File}' does not match its SHA-256 in {BundleManifest.FileName}.", "Copy the bundle again; if it stays, do not use it: somebody changed it.");
    }
}
