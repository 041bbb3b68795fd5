using System.Collections.Immutable;
using System.Linq;

namespace Makapix.Provisioning.Labels;

/// <summary>Where everything on a label is, in dots of its printer. PNG and PDF are drawn from this one layout.</summary>
/// <param name="Size">The label.</param>
/// <param name="Code">The QR code, by row and column.</param>
/// <param name="CodeTop">Dots from the upper edge to the code; it begins at the left edge, with its quiet zone.</param>
/// <param name="Lines">The text.</param>
internal sealed record LabelLayout(LabelSize Size, bool[,] Code, int CodeTop, ImmutableArray<LabelLine> Lines)
{
    public static LabelLayout Of(LabelSize size, LabelContent content)
    {
        var lines = size.Fields.SelectMany(rule => content.Text(rule.Field) is { } text ? LabelText.Lines(text, size.Columns, rule.Lines) : []);
        return new LabelLayout(
            size,
            QrCode.Of(content.Id),
            (size.HeightDots - (QrCode.Modules * size.ModuleDots)) / 2,
            [.. lines.Select((text, i) => new LabelLine(text, size.TextLeft, size.MarginDots + (i * size.LineHeight)))]);
    }
}
