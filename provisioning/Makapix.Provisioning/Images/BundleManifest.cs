using System.Collections.Generic;
using System.Text.Json.Serialization;

namespace Makapix.Provisioning.Images;

/// <summary><c>bundle.json</c>, field for field as <c>Resources/bundle.schema.json</c> has it.</summary>
internal sealed record BundleManifest
{
    public const string FileName = "bundle.json";
    public const int CurrentFormat = 1;

    [JsonPropertyName("$schema")]
    public string? Schema { get; init; }

    public required int Format { get; init; }

    public required bool StandIn { get; init; }

    public required string FirmwareVersion { get; init; }

    public required string Chip { get; init; }

    public required uint FlashSize { get; init; }

    public required NanoClrBuild NanoClrBuild { get; init; }

    public required PlacedBundleFile Bootloader { get; init; }

    public required PlacedBundleFile PartitionTable { get; init; }

    public required PlacedBundleFile NanoClr { get; init; }

    public required IReadOnlyList<BundleFile> Assemblies { get; init; }

    public required BundleFile IdentityTemplate { get; init; }
}
