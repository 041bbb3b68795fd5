using System.Collections.Immutable;
using System.Linq;

namespace Makapix.Provisioning.Chips.Profiles;

/// <summary>All that makes one kind of chip different from another, for the station. Read from <c>Chips/Profiles</c>.</summary>
public sealed record ChipProfile
{
    /// <summary>What can be burned no more, a bit for each group of fields. Every chip has it under this name.</summary>
    public const string WriteDisable = "WR_DIS";

    /// <summary>What cannot be read, a bit for each block. Every chip has it under this name.</summary>
    public const string ReadDisable = "RD_DIS";

    /// <summary>As esptool's <c>--chip</c> and a bundle's manifest have it: <c>esp32s3</c>.</summary>
    public required string Name { get; init; }

    /// <summary>As people have it: <c>ESP32-S3</c>.</summary>
    public required string Title { get; init; }

    /// <summary>Chip id in the header of its images (esp_app_format.h).</summary>
    public required ushort ImageChipId { get; init; }

    /// <summary>The oldest revision that is provisioned, and why no older one.</summary>
    public required ChipRevision OldestRevision { get; init; }

    /// <summary>Flash address at which the mask ROM looks for the bootloader.</summary>
    public required uint BootloaderAddress { get; init; }

    /// <summary>Fields that espefuse tells in words, and how the words must begin.</summary>
    public required ImmutableDictionary<string, string> RequiredWords { get; init; }

    /// <summary>Ways of encrypting its flash; the first is the one that is used.</summary>
    public required ImmutableArray<FlashCipherProfile> Ciphers { get; init; }

    /// <summary>Blocks that are empty on a chip nobody has fused, and stay so but for the flash key.</summary>
    public required ImmutableArray<string> KeyBlocks { get; init; }

    /// <summary>Bits of <see cref="Fields"/> that Espressif may have burned in its factory: they may be either.</summary>
    public required ImmutableDictionary<string, uint> MayBeBurned { get; init; }

    /// <summary>Every field of BLOCK0 that decides about security. On a chip nobody has fused all are 0, but for <see cref="MayBeBurned"/>.</summary>
    public required ImmutableArray<SecurityField> Fields { get; init; }

    /// <summary>What is burned once the ciphertext is in flash and verified, in this order.</summary>
    public required ImmutableArray<EfuseRule> Burns { get; init; }

    /// <summary>What is burned besides, after <see cref="Burns"/>, for firmware that was built for secure boot.</summary>
    public required SecureBootProfile SecureBoot { get; init; }

    /// <summary>What is burned last, after all else was read back: from then on the chip may not answer any more.</summary>
    public required ImmutableArray<EfuseRule> Locks { get; init; }

    /// <summary>nanoFramework's layout for each size of flash.</summary>
    public required ImmutableArray<FlashLayout> Layouts { get; init; }

    /// <summary>The cipher of <paramref name="kind"/>.</summary>
    /// <exception cref="ChipException">022: this chip does not have it.</exception>
    public FlashCipherProfile Cipher(FlashCipherKind kind) =>
        Ciphers.FirstOrDefault(cipher => cipher.Kind == kind) ?? throw new ChipException("022", $"the {Title} has no {kind} flash encryption.", "Use the cipher of this chip, or another chip.");

    /// <summary>nanoFramework's layout for a flash of <paramref name="flashSize"/> bytes; null if there is none.</summary>
    public FlashLayout? Layout(uint flashSize) => Layouts.FirstOrDefault(layout => layout.FlashSize == flashSize);

    internal SecurityField Field(string name) => Fields.Single(field => field.Name == name);

    /// <summary>The bits of a field that nobody but the line may have burned.</summary>
    internal uint Watched(string field) => ~MayBeBurned.GetValueOrDefault(field);
}
