using System;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Linq;
using System.Text.Json;

namespace Makapix.Cli.Reports;

/// <summary>Enums as people type and read them: <c>devices-issuing</c>.</summary>
internal static class Word
{
    public static string Of<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    /// <summary>An option that takes one of the words, or is not given.</summary>
    public static Option<T?> Option<T>(string name, string what)
        where T : struct, Enum => new(name) { Description = $"{what}: {Words<T>()}", HelpName = "WORD", CustomParser = result => Parse<T>(name, result) };

    /// <summary>Text without control characters: a terminal would obey them.</summary>
    public static string Plain(string text) => text.Any(char.IsControl) ? string.Concat(text.Select(c => char.IsControl(c) ? '?' : c)) : text;

    private static T? Parse<T>(string name, ArgumentResult result)
        where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
        {
            if (Of(value) == result.Tokens[0].Value)
            {
                return value;
            }
        }

        result.AddError($"{name} takes one of {Words<T>()}, not '{result.Tokens[0].Value}'");
        return null;
    }

    private static string Words<T>()
        where T : struct, Enum => string.Join(", ", Enum.GetValues<T>().Select(Of));
}
