using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Fonts.Standard14Fonts;
using UglyToad.PdfPig.Writer;

namespace Makapix.Provisioning.Labels;

/// <summary>A label as PDF: one page of its size; the code as squares, the text as text in Courier, which every reader has.</summary>
internal static class PdfLabel
{
    private const double PointsPerInch = 72;

    /// <summary>Of Courier's size, from one character to the next.</summary>
    private const double Advance = 0.6;

    public static byte[] Draw(LabelLayout layout)
    {
        var size = layout.Size;
        var dot = PointsPerInch / size.Dpi;
        var builder = new PdfDocumentBuilder();
        var font = builder.AddStandard14Font(Standard14Font.Courier);
        var page = builder.AddPage(size.WidthDots * dot, size.HeightDots * dot);
        var side = size.ModuleDots * dot;
        for (var row = 0; row < QrCode.Modules; row++)
        {
            for (var column = 0; column < QrCode.Modules; column++)
            {
                if (layout.Code[row, column])
                {
                    page.DrawRectangle(new PdfPoint(column * side, (size.HeightDots - layout.CodeTop) * dot - ((row + 1) * side)), side, side, lineWidth: 0, fill: true);
                }
            }
        }

        var fontSize = DotFont.CellWidth * size.FontDots * dot / Advance;
        foreach (var line in layout.Lines)
        {
            page.AddText(line.Text, fontSize, new PdfPoint(line.Left * dot, (size.HeightDots - line.Top - (DotFont.Ascent * size.FontDots)) * dot), font);
        }

        return builder.Build();
    }
}
