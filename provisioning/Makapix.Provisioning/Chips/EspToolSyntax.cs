using System;
using System.Collections.Immutable;
using Makapix.Provisioning.Chips.Profiles;

namespace Makapix.Provisioning.Chips;

/// <summary>How a version spells its words, version 4 with underscores, version 5 with dashes, and for which chip.</summary>
/// <param name="Version">What is installed.</param>
/// <param name="Chip">What chip it talks to.</param>
public sealed record EspToolSyntax(EspToolVersion Version, ChipProfile Chip)
{
    /// <summary>A command, option or choice (never the name of an eFuse) as this version writes it.</summary>
    public string Spell(string word)
    {
        ArgumentNullException.ThrowIfNull(word);
        return Version.Major >= 5 ? word.Replace('_', '-') : word;
    }

    /// <summary>
    /// What every esptool call begins with. The chip is named, so that a wrong one is refused. No stub: Debian's package has none
    /// for Xtensa chips, and the ROM loader does all that the line needs.
    /// </summary>
    public ImmutableArray<string> Esptool(ChipPort port)
    {
        ArgumentNullException.ThrowIfNull(port);
        var words = ImmutableArray.CreateBuilder<string>();
        words.AddRange("--chip", Chip.Name, "--port", port.Name, "--before", Spell(port.BeforeWord), "--after", Spell(port.AfterWord), "--no-stub");
        if (port.Baud is { } baud)
        {
            words.AddRange("--baud", $"{baud}");
        }

        return words.ToImmutable();
    }

    /// <summary>What every espefuse call begins with. It has no <c>--after</c> in version 4, and none of its commands resets the chip by default in version 5.</summary>
    public ImmutableArray<string> Espefuse(ChipPort port)
    {
        ArgumentNullException.ThrowIfNull(port);
        return ["--chip", Chip.Name, "--port", port.Name, "--before", Spell(port.BeforeWord)];
    }
}
