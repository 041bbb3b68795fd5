using System.Text.Json.Serialization;

namespace Makapix.Provisioning.Images;

/// <summary>A file of a bundle and what it must hash to.</summary>
internal record BundleFile([property: JsonPropertyOrder(-1)] string File, string Sha256);
