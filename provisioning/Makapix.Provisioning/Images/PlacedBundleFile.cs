namespace Makapix.Provisioning.Images;

/// <summary>A file of a bundle and the flash address at which it lies.</summary>
internal sealed record PlacedBundleFile(string File, uint Offset, string Sha256) : BundleFile(File, Sha256);
