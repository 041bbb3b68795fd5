using System.Collections.Immutable;
using System.IO;
using System.Linq;

namespace Makapix.Provisioning.Chips.Profiles;

/// <summary>The chips that the station knows. The files of <c>Chips/Profiles</c> are built into the program: no one edits them on a station.</summary>
public static class ChipProfiles
{
    private static readonly string[] Names = ["esp32", "esp32s3", "esp32c3", "esp32c6"];

    /// <summary>Every chip.</summary>
    public static ImmutableArray<ChipProfile> All { get; } = [.. Names.Select(Load)];

    /// <summary>The classic ESP32.</summary>
    public static ChipProfile Esp32 { get; } = All[0];

    /// <summary>The chip of that name, or null.</summary>
    /// <param name="name">As esptool's <c>--chip</c> has it.</param>
    public static ChipProfile? Find(string name) => All.FirstOrDefault(chip => chip.Name == name);

    private static ChipProfile Load(string name)
    {
        var resource = $"Chips/{name}.json";
        using var json = typeof(ChipProfiles).Assembly.GetManifestResourceStream(resource) ?? throw new InvalidDataException($"{resource} is not built in.");
        var profile = ChipProfileDocument.Parse(json);
        return profile.Name == name ? profile : throw new InvalidDataException($"{resource} describes another chip.");
    }
}
