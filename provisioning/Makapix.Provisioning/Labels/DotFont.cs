using System;
using System.Collections.Frozen;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace Makapix.Provisioning.Labels;

/// <summary>A font of 5 by 8 dots with all of printable ASCII: crisp on any label printer, the same on every machine. Read from <c>Labels/dots.txt</c>.</summary>
internal static class DotFont
{
    /// <summary>Dots from one character to the next.</summary>
    public const int CellWidth = 6;

    /// <summary>Dots from one line to the next.</summary>
    public const int CellHeight = 9;

    /// <summary>Dots above the line that letters stand on.</summary>
    public const int Ascent = 7;

    private const int Width = 5;
    private const int Height = 8;

    private static readonly FrozenDictionary<char, byte[]> Glyphs = Load().ToFrozenDictionary(glyph => glyph.Character, glyph => glyph.Rows);

    /// <summary>Whether the font has that character.</summary>
    public static bool Has(char character) => Glyphs.ContainsKey(character);

    /// <summary>Whether a dot of a character is dark.</summary>
    public static bool IsDark(char character, int row, int column) => (Glyphs[character][row] >> (Width - 1 - column) & 1) != 0;

    /// <summary>The dark dots of a character, by row and column.</summary>
    public static IEnumerable<(int Row, int Column)> Dark(char character) =>
        Enumerable.Range(0, Height).SelectMany(row => Enumerable.Range(0, Width).Where(column => IsDark(character, row, column)).Select(column => (row, column)));

    // A line a character: itself, then its rows from top to bottom in hexadecimal, the left dot the highest of five bits.
    private static IEnumerable<(char Character, byte[] Rows)> Load()
    {
        const string Resource = "Labels/dots.txt";
        using var stream = typeof(DotFont).Assembly.GetManifestResourceStream(Resource) ?? throw new InvalidDataException($"{Resource} is not built in.");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            var rows = line[1..].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(row => byte.Parse(row, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)).ToArray();
            yield return rows.Length == Height ? (line[0], rows) : throw new InvalidDataException($"{Resource}: '{line}' is no character.");
        }
    }
}
