using System;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Makapix.Cli.Commands;

/// <summary>Numbers on the command line: as Espressif's tools take them, decimal, or hexadecimal with 0x; or within bounds, decimal.</summary>
internal static class NumberArgument
{
    /// <summary>For an option's <c>CustomParser</c>: a decimal number within bounds.</summary>
    public static int Parse(ArgumentResult result, int least, int most)
    {
        if (int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }

        result.AddError($"{((OptionResult)result.Parent!).Option.Name} takes a number from {least} to {most}, not '{result.Tokens[0].Value}'");
        return least;
    }

    /// <summary>For an option's <c>CustomParser</c>.</summary>
    public static uint Parse(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        var parsed = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            ? uint.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            : uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
        if (!parsed)
        {
            result.AddError($"'{text}' is no number: write it decimal or as 0x….");
        }

        return value;
    }
}
