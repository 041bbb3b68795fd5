using System.IO;

namespace Makapix.Cli.Demo;

/// <summary>Changes a chip as no software on it could: by its file.</summary>
internal static class SiliconFile
{
    public static void FlipBit(string path, int offset, int bit)
    {
        using var file = File.Open(path, FileMode.Open, FileAccess.ReadWrite);
        file.Position = offset;
        var value = file.ReadByte();
        file.Position = offset;
        file.WriteByte((byte)(value ^ (1 << bit)));
    }
}
