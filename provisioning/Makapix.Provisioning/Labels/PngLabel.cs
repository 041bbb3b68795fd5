using System;
using System.Buffers.Binary;
using System.IO;
using System.IO.Compression;
using System.Text;
using Makapix.Provisioning.Images;

namespace Makapix.Provisioning.Labels;

/// <summary>A label as PNG: one bit a dot of the printer, with its resolution, so that it is printed in its own size.</summary>
internal static class PngLabel
{
    private const double InchesPerMetre = 1 / 0.0254;
    private static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n'];

    public static byte[] Draw(LabelLayout layout)
    {
        var bitmap = LabelBitmap.Of(layout);
        using var png = new MemoryStream();
        png.Write(Signature);
        Chunk(png, "IHDR", Header(bitmap));
        Chunk(png, "pHYs", Resolution(layout.Size.Dpi));
        Chunk(png, "IDAT", Compress(bitmap));
        Chunk(png, "IEND", []);
        return png.ToArray();
    }

    private static byte[] Header(LabelBitmap bitmap)
    {
        // One bit of grey; deflate, no filter by row, not interlaced.
        byte[] header = [0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(header, bitmap.Width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), bitmap.Height);
        return header;
    }

    private static byte[] Resolution(int dpi)
    {
        byte[] resolution = [0, 0, 0, 0, 0, 0, 0, 0, 1];
        var perMetre = (int)Math.Round(dpi * InchesPerMetre);
        BinaryPrimitives.WriteInt32BigEndian(resolution, perMetre);
        BinaryPrimitives.WriteInt32BigEndian(resolution.AsSpan(4), perMetre);
        return resolution;
    }

    private static byte[] Compress(LabelBitmap bitmap)
    {
        using var data = new MemoryStream();
        using (var zlib = new ZLibStream(data, CompressionLevel.SmallestSize))
        {
            for (var row = 0; row < bitmap.Height; row++)
            {
                zlib.WriteByte(0);
                zlib.Write(bitmap.Row(row));
            }
        }

        return data.ToArray();
    }

    private static void Chunk(Stream png, string type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        png.Write(number);
        byte[] content = [.. Encoding.ASCII.GetBytes(type), .. data];
        png.Write(content);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.IsoHdlc(content));
        png.Write(number);
    }
}
