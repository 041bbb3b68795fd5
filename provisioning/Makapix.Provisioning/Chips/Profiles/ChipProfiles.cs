using System.Collections.Immutable;
using Makapix.Provisioning.Schemas;

namespace Makapix.Provisioning.Chips.Profiles;

/// <summary>The chips that the station knows. The files of <c>Chips/Profiles</c> are built into the program: no one edits them on a station.</summary>
public static class ChipProfiles
{
    private static readonly EmbeddedDocuments<ChipProfile> Documents = new("Chips", ["esp32", "esp32s3", "esp32c3", "esp32c6"], ChipProfileDocument.Parse, chip => chip.Name);

    /// <summary>The names of all chips, as esptool's <c>--chip</c> has them.</summary>
    public static ImmutableArray<string> Names => Documents.Names;

    /// <summary>Every chip.</summary>
    public static ImmutableArray<ChipProfile> All => Documents.All;

    /// <summary>The classic ESP32.</summary>
    public static ChipProfile Esp32 => Documents.Find("esp32")!;

    /// <summary>The chip of that name, or null.</summary>
    /// <param name="name">As esptool's <c>--chip</c> has it.</param>
    public static ChipProfile? Find(string name) => Documents.Find(name);
}
