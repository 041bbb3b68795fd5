using System.Collections.Generic;
using System.Linq;

namespace Makapix.Provisioning.Broker.Lint;

/// <summary>The lines of a file that say something: without comments, blanks and empty lines.</summary>
internal sealed record LintText(string File, IReadOnlyList<LintLine> Lines)
{
    public static LintText Of(string file, string text) => new(file,
    [
        .. text.Split('\n')
            .Select((line, index) => (Text: line.Trim(), Number: index + 1))
            .Where(line => line.Text.Length > 0 && line.Text[0] != '#')
            .Select(line => line.Text.IndexOfAny([' ', '\t']) is >= 0 and var end
                ? new LintLine(line.Number, line.Text[..end], line.Text[end..].Trim())
                : new LintLine(line.Number, line.Text, "")),
    ]);

    /// <summary>The last line of that key: mosquitto lets it win.</summary>
    public LintLine? Last(string key) => Lines.LastOrDefault(line => line.Key == key);

    /// <summary>The number that the key has; null if it has none.</summary>
    public long? Number(string key) => Last(key) is { } line && long.TryParse(line.Value, out var number) ? number : null;
}
