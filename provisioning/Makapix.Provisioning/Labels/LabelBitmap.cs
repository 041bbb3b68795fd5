using System;

namespace Makapix.Provisioning.Labels;

/// <summary>The dots of a label, a bit each: 1 is white, as PNG has it.</summary>
internal sealed class LabelBitmap
{
    private readonly byte[] _bits;
    private readonly int _stride;

    private LabelBitmap(int width, int height)
    {
        Width = width;
        Height = height;
        _stride = (width + 7) / 8;
        _bits = new byte[_stride * height];
        _bits.AsSpan().Fill(0xFF);
    }

    public int Width { get; }

    public int Height { get; }

    public ReadOnlySpan<byte> Row(int row) => _bits.AsSpan(row * _stride, _stride);

    public static LabelBitmap Of(LabelLayout layout)
    {
        var size = layout.Size;
        var bitmap = new LabelBitmap(size.WidthDots, size.HeightDots);
        for (var row = 0; row < QrCode.Modules; row++)
        {
            for (var column = 0; column < QrCode.Modules; column++)
            {
                if (layout.Code[row, column])
                {
                    bitmap.Blacken(column * size.ModuleDots, layout.CodeTop + (row * size.ModuleDots), size.ModuleDots);
                }
            }
        }

        foreach (var line in layout.Lines)
        {
            for (var i = 0; i < line.Text.Length; i++)
            {
                foreach (var (row, column) in DotFont.Dark(line.Text[i]))
                {
                    bitmap.Blacken(line.Left + (((i * DotFont.CellWidth) + column) * size.FontDots), line.Top + (row * size.FontDots), size.FontDots);
                }
            }
        }

        return bitmap;
    }

    private void Blacken(int left, int top, int side)
    {
        for (var y = top; y < top + side; y++)
        {
            for (var x = left; x < left + side; x++)
            {
                _bits[(y * _stride) + (x / 8)] &= (byte)~(0x80 >> (x % 8));
            }
        }
    }
}
