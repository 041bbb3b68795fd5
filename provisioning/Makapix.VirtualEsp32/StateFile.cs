using System;
using System.IO;

namespace Makapix.VirtualEsp32;

/// <summary>Files of the state directory: silicon, so readable by their owner alone.</summary>
internal static class StateFile
{
    /// <summary>Writes a file so that at any moment it is whole, or the one that was there before.</summary>
    public static void Replace(string path, ReadOnlySpan<byte> content)
    {
        var temporary = path + ".new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var file = new FileStream(temporary, options))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }
}
