using System.Collections.Generic;

namespace Makapix.Provisioning.Images;

/// <summary><c>build.json</c>: what a firmware build says of its output. Which file is what and where it goes is checked, what nanoCLR was built with is believed.</summary>
internal sealed record BuildDescription
{
    public const string FileName = "build.json";

    public required bool StandIn { get; init; }

    public required string FirmwareVersion { get; init; }

    public required string Chip { get; init; }

    public required uint FlashSize { get; init; }

    public required NanoClrBuild NanoClrBuild { get; init; }

    public required string Bootloader { get; init; }

    public required string PartitionTable { get; init; }

    public required uint PartitionTableOffset { get; init; }

    public required string NanoClr { get; init; }

    public required IReadOnlyList<string> Assemblies { get; init; }

    public required string IdentityTemplate { get; init; }
}
