using System;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Makapix.Cli.Commands;

/// <summary>Numbers that options take.</summary>
internal static class NumberArgument
{
    /// <summary>A decimal number, for an option's <c>CustomParser</c>; null, and an error that names the option, if it is none or out of its bounds.</summary>
    /// <param name="result">What was given.</param>
    /// <param name="least">The lowest that is taken.</param>
    /// <param name="most">The highest.</param>
    public static int? Decimal(ArgumentResult result, int least, int most)
    {
        var text = result.Tokens[0].Value;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }

        result.AddError($"{((OptionResult)result.Parent!).Option.Name} takes a number from {least} to {most}, not '{text}'");
        return null;
    }

    /// <summary>An option that takes a decimal number, from 1 on.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="helpName">What stands for the number in the help.</param>
    /// <param name="what">What it is.</param>
    /// <param name="byDefault">What it is without the option.</param>
    /// <param name="most">The highest that is taken.</param>
    public static Option<int> Option(string name, string helpName, string what, int byDefault, int most) => new(name)
    {
        Description = $"{what}, 1 to {most.ToString("N0", CultureInfo.InvariantCulture)}",
        HelpName = helpName,
        DefaultValueFactory = _ => byDefault,
        CustomParser = result => Decimal(result, 1, most) ?? byDefault,
    };

    /// <summary>As Espressif's tools take one, decimal or hexadecimal with 0x; for an option's <c>CustomParser</c>.</summary>
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
