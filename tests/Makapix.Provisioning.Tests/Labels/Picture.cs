using System;
using System.Collections.Generic;
using System.Linq;
using ZXing;
using ZXing.Common;
using ZXing.QrCode;

namespace Makapix.Provisioning.Tests.Labels;

/// <summary>A label as somebody sees it, whatever it was drawn as.</summary>
internal sealed class Picture(int width, int height, Func<int, int, bool> isDark)
{
    private const byte White = 255;

    public int Width => width;

    public int Height => height;

    public bool IsDark(int x, int y) => isDark(x, y);

    /// <summary>Every dark dot.</summary>
    public IEnumerable<(int X, int Y)> Dark =>
        Enumerable.Range(0, height).SelectMany(y => Enumerable.Range(0, width).Where(x => isDark(x, y)).Select(x => (x, y)));

    /// <summary>What a reader makes of the QR code.</summary>
    public string ReadCode()
    {
        var pixels = new byte[width * height];
        for (var i = 0; i < pixels.Length; i++)
        {
            pixels[i] = isDark(i % width, i / width) ? (byte)0 : White;
        }

        var source = new RGBLuminanceSource(pixels, width, height, RGBLuminanceSource.BitmapFormat.Gray8);
        return new QRCodeReader().decode(new BinaryBitmap(new HybridBinarizer(source)))?.Text ?? "no code";
    }
}
