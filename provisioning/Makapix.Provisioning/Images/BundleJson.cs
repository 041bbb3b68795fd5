using System.Text.Json;
using System.Text.Json.Serialization;

namespace Makapix.Provisioning.Images;

/// <summary>Strict: unknown, missing, repeated and null fields are refused, and names are matched exactly.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Strict, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, NewLine = "\n")]
[JsonSerializable(typeof(BundleManifest))]
[JsonSerializable(typeof(BuildDescription))]
internal sealed partial class BundleJson : JsonSerializerContext;
