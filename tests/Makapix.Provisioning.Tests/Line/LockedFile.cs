using System.Diagnostics;
using System.IO;

namespace Makapix.Provisioning.Tests.Line;

/// <summary>Reads a file that this process holds locked, as any other program on the machine could. (In this one, to close it would let go of SQLite's locks: fcntl(2).)</summary>
internal static class LockedFile
{
    public static byte[] Read(string path)
    {
        using var cat = Process.Start(new ProcessStartInfo("cat", [path]) { RedirectStandardOutput = true })!;
        using var bytes = new MemoryStream();
        cat.StandardOutput.BaseStream.CopyTo(bytes);
        cat.WaitForExit();
        return bytes.ToArray();
    }
}
