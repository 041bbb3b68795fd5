using System.Collections.Generic;
using System.Linq;
using Makapix.Provisioning.Labels;
using UglyToad.PdfPig.Content;

namespace Makapix.Provisioning.Tests.Labels;

/// <summary>Reads the text and the code of a label back.</summary>
internal static class LabelReader
{
    private const double PointsPerInch = 72;

    /// <summary>The lines of a picture, by comparing each cell with the font.</summary>
    public static string[] Lines(Picture picture, LabelSize size) =>
    [
        .. Enumerable.Range(0, size.Rows)
            .Select(row => string.Concat(Enumerable.Range(0, size.Columns).Select(column => Character(picture, size, row, column))).TrimEnd())
            .Where(line => line.Length > 0),
    ];

    /// <summary>The lines of a page, from top to bottom.</summary>
    public static string[] Lines(Page page) =>
        [.. page.Letters.GroupBy(letter => letter.StartBaseLine.Y).OrderByDescending(line => line.Key).Select(line => string.Concat(line.Select(letter => letter.Value)).TrimEnd())];

    /// <summary>What is filled on a page, in the dots of the label's printer.</summary>
    public static Picture Filled(Page page, LabelSize size)
    {
        var dot = PointsPerInch / size.Dpi;
        var dark = new HashSet<(int, int)>();
        foreach (var box in page.Paths.Where(path => path.IsFilled).Select(path => path.GetBoundingRectangle()!.Value))
        {
            for (var x = Dots(box.Left, dot); x < Dots(box.Right, dot); x++)
            {
                for (var y = Dots(page.Height - box.Top, dot); y < Dots(page.Height - box.Bottom, dot); y++)
                {
                    dark.Add((x, y));
                }
            }
        }

        return new Picture(size.WidthDots, size.HeightDots, (x, y) => dark.Contains((x, y)));
    }

    private static int Dots(double points, double dot) => (int)System.Math.Round(points / dot);

    private static char Character(Picture picture, LabelSize size, int row, int column)
    {
        var left = size.TextLeft + (column * DotFont.CellWidth * size.FontDots);
        var top = size.MarginDots + (row * size.LineHeight);
        return Enumerable.Range(' ', '~' - ' ' + 1).Select(c => (char)c).FirstOrDefault(c => IsThere(picture, size, c, left, top), '\uFFFD');
    }

    private static bool IsThere(Picture picture, LabelSize size, char character, int left, int top)
    {
        var dark = DotFont.Dark(character).ToHashSet();
        return Enumerable.Range(0, size.LineHeight).All(y => Enumerable.Range(0, DotFont.CellWidth * size.FontDots).All(x =>
            picture.IsDark(left + x, top + y) == dark.Contains((y / size.FontDots, x / size.FontDots))));
    }
}
