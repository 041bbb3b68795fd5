using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace Makapix.Provisioning.Storage;

/// <summary>
/// Files that are there whole or not at all, whatever dies in between: written beside their name, flushed to the disk, then renamed.
/// On Windows the modes do not apply; files inherit the folder's access list.
/// </summary>
public static class DurableFile
{
    /// <summary>Read and written by their owner alone.</summary>
    public const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Certificates and CRLs: read by everybody.</summary>
    public const UnixFileMode Public = Private | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private const int ReadOnlyCloseOnExec = 0x80000; // O_RDONLY | O_CLOEXEC, Linux on every processor

    /// <summary>Writes a file that must not be there yet.</summary>
    /// <param name="path">The file; its folder must be there.</param>
    /// <param name="content">What it shall hold.</param>
    /// <param name="mode">Who may read it.</param>
    /// <exception cref="IOException">It is there, or cannot be written.</exception>
    public static void Create(string path, ReadOnlySpan<byte> content, UnixFileMode mode) => Write(path, content, mode, overwrite: false);

    /// <summary>Writes a file in the place of the one that may be there: a reader sees the old one or the new one.</summary>
    /// <param name="path">The file; its folder must be there.</param>
    /// <param name="content">What it shall hold.</param>
    /// <param name="mode">Who may read it.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Replace(string path, ReadOnlySpan<byte> content, UnixFileMode mode) => Write(path, content, mode, overwrite: true);

    /// <summary>A folder that its owner alone can enter. It survives a power cut, with every folder above it that was new.</summary>
    public static void CreatePrivateFolder(string path)
    {
        var made = new List<string>();
        for (var folder = Path.GetFullPath(path); folder is not null && !Directory.Exists(folder); folder = Path.GetDirectoryName(folder))
        {
            made.Add(folder);
        }

        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, Private | UnixFileMode.UserExecute);
        }

        made.ForEach(folder => FlushFolder(Path.GetDirectoryName(folder)!));
    }

    /// <summary>Makes renames in <paramref name="folder"/> survive a power cut (fsync(2): a new name is the folder's data, not the file's).</summary>
    public static void FlushFolder(string folder)
    {
        if (OperatingSystem.IsLinux() && open(folder, ReadOnlyCloseOnExec) is >= 0 and var descriptor)
        {
            using var handle = new SafeFileHandle(descriptor, ownsHandle: true);
            RandomAccess.FlushToDisk(handle);
        }
    }

    private static void Write(string path, ReadOnlySpan<byte> content, UnixFileMode mode, bool overwrite)
    {
        var full = Path.GetFullPath(path);
        var folder = Path.GetDirectoryName(full) ?? throw new IOException($"'{path}' is not a file name.");
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"The folder of '{path}' does not exist.");
        }

        var temporary = Path.Combine(folder, $".{Path.GetFileName(full)}.{RandomNumberGenerator.GetHexString(8, lowercase: true)}.tmp");
        try
        {
            using (var stream = new FileStream(temporary, NewFile(mode)))
            {
                stream.Write(content);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, full, overwrite);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }

        FlushFolder(folder);
    }

    private static FileStreamOptions NewFile(UnixFileMode mode)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = mode;
        }

        return options;
    }

    [DllImport("libc", EntryPoint = "open")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);
}
