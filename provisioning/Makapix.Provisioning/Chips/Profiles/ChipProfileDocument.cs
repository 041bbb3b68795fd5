using System.Collections.Immutable;
using System.IO;
using System.Text.Json;
using System.Text.Json.Serialization;
using Makapix.Provisioning.Schemas;

namespace Makapix.Provisioning.Chips.Profiles;

/// <summary>A profile as its JSON file spells it, by <c>chip.schema.json</c>: every member there, none beside or twice, the names those of espefuse.</summary>
internal sealed record ChipProfileDocument(
    string Chip,
    string Title,
    ushort ImageChipId,
    ChipRevision OldestRevision,
    uint Bootloader,
    ImmutableDictionary<string, string> RequiredWords,
    ImmutableArray<FlashCipherProfile> Ciphers,
    ImmutableArray<string> KeyBlocks,
    ImmutableDictionary<string, uint> MayBeBurned,
    ImmutableArray<SecurityField> Fields,
    ImmutableArray<EfuseRule> Burns,
    SecureBootProfile SecureBoot,
    ImmutableArray<EfuseRule> Locks,
    ImmutableArray<FlashLayout> Layouts)
{
    private static readonly EmbeddedSchema Schema = new("Chips/chip.schema.json");

    private static readonly JsonSerializerOptions Options = new(JsonSerializerOptions.Strict)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new HexNumber(), new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
    };

    /// <exception cref="InvalidDataException">The document is not a profile this program can keep to.</exception>
    public static ChipProfile Parse(Stream json) => Schema.Read<ChipProfileDocument, ChipProfile>(json, "chip profile", Options, document =>
    {
        var profile = document.ToProfile();
        ChipProfileRules.Check(profile);
        return profile;
    });

    private ChipProfile ToProfile() => new()
    {
        Name = Chip,
        Title = Title,
        ImageChipId = ImageChipId,
        OldestRevision = OldestRevision,
        BootloaderAddress = Bootloader,
        RequiredWords = RequiredWords,
        Ciphers = Ciphers,
        KeyBlocks = KeyBlocks,
        MayBeBurned = MayBeBurned,
        Fields = Fields,
        Burns = Burns,
        SecureBoot = SecureBoot,
        Locks = Locks,
        Layouts = Layouts,
    };
}
