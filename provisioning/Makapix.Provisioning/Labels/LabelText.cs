using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace Makapix.Provisioning.Labels;

/// <summary>Text as a label can show it: the font has ASCII, a line its width, a field its lines. What is lost can be seen.</summary>
internal static class LabelText
{
    private const char Unknown = '?';
    private const string Cut = "...";

    /// <summary>A question mark for every character, however many code points it has, that the font does not have.</summary>
    public static string Plain(string text)
    {
        var plain = new StringBuilder();
        var elements = StringInfo.GetTextElementEnumerator(text);
        while (elements.MoveNext())
        {
            plain.Append(elements.GetTextElement() is [var only] && DotFont.Has(only) ? only : Unknown);
        }

        return plain.ToString();
    }

    /// <summary>The lines of a text: broken where a line is full, cut where the last is.</summary>
    public static IEnumerable<string> Lines(string text, int columns, int lines)
    {
        var plain = Plain(text);
        var whole = plain.Length <= columns * lines ? plain : plain[..((columns * lines) - Cut.Length)] + Cut;
        return whole.Chunk(columns).Select(line => new string(line));
    }
}
