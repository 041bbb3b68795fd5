using System;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
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

    /// <summary>Text without what a terminal would obey, and without what shows a text as another: control and format characters, and breaks of lines.</summary>
    public static string Plain(string text) => text.Any(IsObeyed) ? string.Concat(text.Select(c => IsObeyed(c) ? '?' : c)) : text;

    private static bool IsObeyed(char c) => char.GetUnicodeCategory(c) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

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
