using System.Collections.Generic;
using System.IO;
using System.Text.RegularExpressions;

namespace Makapix.Provisioning.Broker.Kit;

/// <summary>
/// A file of the kit as it is built into the program, with <c>{{name}}</c> where a value goes. A line that is nothing but a value which is empty
/// goes with it. Values come from the checked description and hold neither braces nor what any of the programs could take for more than a value.
/// </summary>
internal static partial class KitTemplate
{
    /// <summary>The text with every value in its place.</summary>
    /// <exception cref="InvalidDataException">It asks for a value that there is none of: a defect of this program.</exception>
    public static string Fill(string name, IReadOnlyDictionary<string, string> values)
    {
        using var stream = typeof(KitTemplate).Assembly.GetManifestResourceStream($"Broker/{name}") ?? throw new InvalidDataException($"Broker/{name} is not built in.");
        using var reader = new StreamReader(stream);
        var text = EmptyLine().Replace(reader.ReadToEnd(), match => Value(match, name, values).Length == 0 ? "" : match.Value);
        return Placeholder().Replace(text, match => Value(match, name, values));
    }

    private static string Value(Match match, string name, IReadOnlyDictionary<string, string> values) =>
        values.TryGetValue(match.Groups[1].Value, out var value) ? value : throw new InvalidDataException($"{name} asks for '{match.Groups[1].Value}', which is not there.");

    [GeneratedRegex(@"^\{\{([A-Za-z0-9.]+)\}\}\n", RegexOptions.Multiline)]
    private static partial Regex EmptyLine();

    [GeneratedRegex(@"\{\{([A-Za-z0-9.]+)\}\}")]
    private static partial Regex Placeholder();
}
