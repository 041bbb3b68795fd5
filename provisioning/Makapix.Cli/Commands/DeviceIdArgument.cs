using System;
using System.CommandLine;
using System.CommandLine.Parsing;

namespace Makapix.Cli.Commands;

/// <summary>The id of a device that an option takes.</summary>
internal static class DeviceIdArgument
{
    /// <summary>An option that takes one, or is not given.</summary>
    public static Option<Guid?> Option(string what) => new("--device-id") { Description = what, HelpName = "UUID", CustomParser = Parse };

    private static Guid? Parse(ArgumentResult result)
    {
        if (Guid.TryParse(result.Tokens[0].Value, out var id))
        {
            return id;
        }

        result.AddError($"--device-id takes a UUID such as 01234567-89ab-4cde-8f01-23456789abcd, not '{result.Tokens[0].Value}'");
        return null;
    }
}
