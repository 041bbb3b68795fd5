using System.CommandLine;
using System.CommandLine.Parsing;
using Makapix.Provisioning.Chips.Profiles;

namespace Makapix.Cli.Commands;

/// <summary>An option that takes a kind of chip.</summary>
internal static class ChipArgument
{
    /// <summary><c>--chip CHIP</c>.</summary>
    /// <param name="description">What it does; the names of all kinds are put behind it.</param>
    public static Option<ChipProfile?> Option(string description) => new("--chip")
    {
        Description = $"{description}: {string.Join(", ", ChipProfiles.Names)}",
        HelpName = "CHIP",
        CustomParser = Parse,
    };

    private static ChipProfile? Parse(ArgumentResult result) =>
        ChipProfiles.Find(result.Tokens[0].Value) ?? ProvisionOptions.Wrong<ChipProfile?>(result, $"--chip takes one of {string.Join(", ", ChipProfiles.Names)}");
}
