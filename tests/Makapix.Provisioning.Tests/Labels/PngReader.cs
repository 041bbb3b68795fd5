using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Text;
using Makapix.Provisioning.Images;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Labels;

/// <summary>Reads PNG of one bit of grey, by the specification; a CRC that does not fit is an error.</summary>
internal static class PngReader
{
    public static Picture Read(byte[] png, out int dotsPerMetre)
    {
        CollectionAssert.AreEqual(new byte[] { 0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A }, png[..8]);
        var chunks = Chunks(png);
        var header = chunks["IHDR"];
        var width = BinaryPrimitives.ReadInt32BigEndian(header);
        var height = BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4));
        CollectionAssert.AreEqual(new byte[] { 1, 0, 0, 0, 0 }, header[8..]);
        Assert.AreEqual(1, chunks["pHYs"][8]);
        dotsPerMetre = BinaryPrimitives.ReadInt32BigEndian(chunks["pHYs"]);
        Assert.IsEmpty(chunks["IEND"]);
        using var zlib = new ZLibStream(new MemoryStream(chunks["IDAT"]), CompressionMode.Decompress);
        using var rows = new MemoryStream();
        zlib.CopyTo(rows);
        var bits = rows.ToArray();
        var stride = 1 + ((width + 7) / 8);
        Assert.HasCount(stride * height, bits);
        return new Picture(width, height, (x, y) => (bits[(y * stride) + 1 + (x / 8)] & (0x80 >> (x % 8))) == 0);
    }

    private static Dictionary<string, byte[]> Chunks(byte[] png)
    {
        var chunks = new Dictionary<string, byte[]>();
        for (var at = 8; at < png.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            Assert.AreEqual(BinaryPrimitives.ReadUInt32BigEndian(png.AsSpan(at + 8 + length)), Crc32.IsoHdlc(png.AsSpan(at + 4, 4 + length)));
            chunks.Add(Encoding.ASCII.GetString(png, at + 4, 4), png[(at + 8)..(at + 8 + length)]);
            at += 12 + length;
        }

        return chunks;
    }
}
