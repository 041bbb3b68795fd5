using System;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Makapix.Cli.Commands;

/// <summary>Numbers as Espressif's tools take them: decimal, or hexadecimal with 0x.</summary>
internal static class NumberArgument
{
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
