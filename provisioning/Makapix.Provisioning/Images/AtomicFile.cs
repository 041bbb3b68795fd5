using System;
using System.IO;

namespace Makapix.Provisioning.Images;

/// <summary>Writes whole files: whatever happens, the path holds the old contents or the new ones, never a part.</summary>
public static class AtomicFile
{
    /// <summary>Writes beside the path under another name, flushes to the disk, then renames.</summary>
    /// <param name="path">The file; replaced if it is there.</param>
    /// <param name="content">What it shall hold.</param>
    /// <param name="ownerOnly">Whether others are kept from reading it (on Windows the folder's own permissions decide).</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content, bool ownerOnly = false)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 0 };
        if (ownerOnly && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var whole = Path.GetFullPath(path);
        if (!Directory.Exists(Path.GetDirectoryName(whole)))
        {
            throw new DirectoryNotFoundException($"The folder of '{path}' does not exist.");
        }

        var temporary = $"{whole}.{Path.GetRandomFileName()}";
        try
        {
            using (var stream = new FileStream(temporary, options))
            {
                stream.Write(content);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, whole, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
