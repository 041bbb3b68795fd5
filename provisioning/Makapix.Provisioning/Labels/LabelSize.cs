using System;
using System.Collections.Immutable;

namespace Makapix.Provisioning.Labels;

/// <summary>A size of label, and what is on it. Read from <c>Labels/Sizes</c>.</summary>
/// <param name="Name">As it is asked for.</param>
/// <param name="Title">For people.</param>
/// <param name="Width">Millimetres.</param>
/// <param name="Height">Millimetres.</param>
/// <param name="Dpi">Dots of the printer per inch.</param>
/// <param name="Margin">Millimetres that stay white at each edge.</param>
/// <param name="ModuleDots">Dots for one module of the QR code.</param>
/// <param name="FontDots">Dots for one dot of the font.</param>
/// <param name="Fields">From top to bottom.</param>
public sealed record LabelSize(string Name, string Title, double Width, double Height, int Dpi, double Margin, int ModuleDots, int FontDots, ImmutableArray<LabelFieldRule> Fields)
{
    private const double MillimetresPerInch = 25.4;

    /// <summary>The same in dots, rounded down: what is drawn never leaves the label.</summary>
    internal int WidthDots => Dots(Width);

    /// <inheritdoc cref="WidthDots"/>
    internal int HeightDots => Dots(Height);

    /// <summary>Rounded up.</summary>
    internal int MarginDots => (int)Math.Ceiling(Margin / MillimetresPerInch * Dpi);

    /// <summary>Where the text begins; the quiet zone of the code is the gap before it.</summary>
    internal int TextLeft => QrCode.Modules * ModuleDots;

    /// <summary>Characters in a line.</summary>
    internal int Columns => (WidthDots - MarginDots - TextLeft) / (DotFont.CellWidth * FontDots);

    /// <summary>Lines on the label.</summary>
    internal int Rows => (HeightDots - (2 * MarginDots)) / LineHeight;

    internal int LineHeight => DotFont.CellHeight * FontDots;

    /// <summary>Its name.</summary>
    public override string ToString() => Name;

    private int Dots(double millimetres) => (int)Math.Floor(millimetres / MillimetresPerInch * Dpi);
}
