using System.IO;

namespace Makapix.Provisioning.Images;

/// <summary>Data files that are built into this assembly: <c>Images/Resources</c>.</summary>
internal static class ImageResource
{
    public const string BundleSchema = "bundle.schema.json";
    public const string IdentityTemplate = "Makapix.Device.Identity.pe";
    public const string PartitionTable = "partitions_makapix_4mb.csv";

    public static byte[] Read(string name)
    {
        using var stream = typeof(ImageResource).Assembly.GetManifestResourceStream($"Images/{name}") ?? throw new FileNotFoundException(name);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
