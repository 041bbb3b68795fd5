using System;
using System.IO;

namespace Makapix.Cli.Demo;

/// <summary>Changes a chip as no software on it could: by its file, whoever reads that at the time.</summary>
internal static class SiliconFile
{
    public static void FlipBit(string path, int offset, int bit)
    {
        using var file = Open(path, offset);
        var value = file.ReadByte();
        file.Position = offset;
        file.WriteByte((byte)(value ^ (1 << bit)));
    }

    public static void Write(string path, int offset, ReadOnlySpan<byte> content)
    {
        using var file = Open(path, offset);
        file.Write(content);
    }

    private static FileStream Open(string path, int offset) => new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite) { Position = offset };
}
