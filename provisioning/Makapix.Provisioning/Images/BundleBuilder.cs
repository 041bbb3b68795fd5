using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Makapix.Provisioning.Chips.Profiles;

namespace Makapix.Provisioning.Images;

/// <summary>Makes a bundle of the output of a firmware build.</summary>
public static class BundleBuilder
{
    private const int MaxText = 64 * 1024;
    private static readonly string NotHashedYet = new('0', 2 * SHA256.HashSizeInBytes);

    /// <summary>Copies the files that <c>build.json</c> names, with their hashes; whatever <see cref="FirmwareBundle.Load"/> would refuse is refused first.</summary>
    /// <param name="source">The folder with <c>build.json</c>.</param>
    /// <param name="directory">A folder that is empty or not there.</param>
    /// <returns>The bundle.</returns>
    /// <exception cref="ImageException">110, 111: <c>build.json</c>. 112: a stand-in that is called real. 094: a file. 099: the folder. And what <see cref="FirmwareBundle.Load"/> says.</exception>
    /// <exception cref="IOException">It cannot be written; what was written is removed.</exception>
    public static FirmwareBundle Create(string source, string directory)
    {
        ArgumentException.ThrowIfNullOrEmpty(source);
        ArgumentException.ThrowIfNullOrEmpty(directory);
        BundleFolder.RequireNew(directory);
        var build = Read(source);

        // Names are checked before any of them leads to a file.
        var named = Manifest(build, build.PartitionTableOffset, _ => NotHashedYet);
        BundleRules.CheckValues(named);
        var files = BundleRules.FilesOf(named).Select(file => file.File).Distinct().ToDictionary(name => name, name => FirmwareBundle.ReadContent(source, name, (int)named.FlashSize));

        var table = PartitionTable.ParseCsv(Encoding.UTF8.GetString(files[build.PartitionTable]), build.PartitionTableOffset);
        var factory = table.Find(PartitionType.App, PartitionSubType.AppFactory)?.Offset ?? build.PartitionTableOffset;
        var manifest = Manifest(build, factory, name => Convert.ToHexStringLower(SHA256.HashData(files[name])));
        var bundle = FirmwareBundle.Check(manifest, file => files[file.File]);
        if (!build.StandIn && new[] { build.Bootloader, build.NanoClr }.FirstOrDefault(name => files[name].AsSpan().IndexOf(DemoBundle.Label) >= 0) is { } pretended)
        {
            throw new ImageException("112", $"{BuildDescription.FileName} calls the build real, and '{pretended}' is a stand-in: a board fused for it would be lost.", "Take the file from a real build, or say standIn.");
        }

        BundleFolder.Write(directory, manifest, files.Select(file => (file.Key, file.Value)));
        return bundle;
    }

    private static BundleManifest Manifest(BuildDescription build, uint nanoClrAt, Func<string, string> hash) => new()
    {
        Schema = ImageResource.BundleSchema,
        Format = BundleManifest.CurrentFormat,
        StandIn = build.StandIn,
        FirmwareVersion = build.FirmwareVersion,
        Chip = build.Chip,
        FlashSize = build.FlashSize,
        NanoClrBuild = build.NanoClrBuild,
        Bootloader = new PlacedBundleFile(build.Bootloader, ChipProfiles.Find(build.Chip)?.BootloaderAddress ?? 0, hash(build.Bootloader)),
        PartitionTable = new PlacedBundleFile(build.PartitionTable, build.PartitionTableOffset, hash(build.PartitionTable)),
        NanoClr = new PlacedBundleFile(build.NanoClr, nanoClrAt, hash(build.NanoClr)),
        Assemblies = [.. build.Assemblies.Select(name => new BundleFile(name, hash(name)))],
        IdentityTemplate = new BundleFile(build.IdentityTemplate, hash(build.IdentityTemplate)),
    };

    private static BuildDescription Read(string source)
    {
        try
        {
            var json = BoundedFile.Read(Path.Combine(source, BuildDescription.FileName), MaxText) ?? throw new JsonException();
            return JsonSerializer.Deserialize(json, BundleJson.Default.BuildDescription) ?? throw new JsonException();
        }
        catch (JsonException e)
        {
            throw new ImageException("111", $"{BuildDescription.FileName} is not what it should be at {e.Path ?? "$"}, line {e.LineNumber + 1}: a field is missing, unknown, repeated, or of another type.", "Compare it with the one in firmware/nanoclr/README.md.", e);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ImageException("110", $"'{source}' holds no output of a build: there is no {BuildDescription.FileName}.", "Write one, as firmware/nanoclr/README.md says.", e);
        }
    }
}
