using System;
using System.Collections.Generic;
using System.IO;

namespace Makapix.Provisioning.Storage;

/// <summary>
/// A file of lines that is only ever appended to, held open and locked. A line is on the disk, whole, when <see cref="Append"/> returns, and
/// not in the file at all when it fails, so whatever died in the middle of one, the next line never stands behind half of another.
/// </summary>
internal sealed class AppendOnlyLog : IDisposable
{
    private const byte LineFeed = (byte)'\n';

    private readonly FileStream _file;
    private readonly Action<string>? _before;

    private AppendOnlyLog(FileStream file, Action<string>? before)
    {
        _file = file;
        _before = before;
    }

    /// <summary>Bytes of the file, with those of a line that its writer did not finish.</summary>
    public long Length => _file.Length;

    /// <summary>Where the last whole line that was read or written ends, and the next one goes.</summary>
    public long End { get; private set; }

    /// <summary>Opens and locks the file.</summary>
    /// <exception cref="FileNotFoundException">It is not there; or its folder (<see cref="DirectoryNotFoundException"/>).</exception>
    /// <exception cref="IOException">Somebody else has it, if it is exactly this type.</exception>
    public static AppendOnlyLog Open(string path, Action<string>? before = null) => new(new FileStream(path, Options(FileMode.Open)), before);

    /// <summary>Opens and locks the file; begins it if it is not there, for its owner alone, so that a power cut does not take its name away again.</summary>
    /// <param name="path">The file, in a folder that is there.</param>
    /// <param name="before">Called before each step that changes the disk, with its name. Tests throw from it, to be the failing disk.</param>
    /// <exception cref="IOException">Somebody else has it, or it cannot be made.</exception>
    public static AppendOnlyLog OpenOrCreate(string path, Action<string>? before = null)
    {
        var options = Options(FileMode.OpenOrCreate);
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = DurableFile.Private;
        }

        var log = new AppendOnlyLog(new FileStream(path, options), before);
        try
        {
            // Without a line in it, it may be new: its name is the folder's data.
            if (log.Length == 0)
            {
                before?.Invoke("create-flush");
                DurableFile.FlushFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
            }

            return log;
        }
        catch
        {
            log.Dispose();
            throw;
        }
    }

    /// <summary>The whole lines from <paramref name="start"/> on, without their line feeds. What is behind the last one was never finished, and counts as never written.</summary>
    /// <param name="start">Where a line begins, at most <see cref="Length"/>.</param>
    public IReadOnlyList<ReadOnlyMemory<byte>> ReadFrom(long start)
    {
        var bytes = new byte[_file.Length - start];
        _file.Position = start;
        _file.ReadExactly(bytes);
        var lines = Split(bytes, out var whole);
        End = start + whole;
        return lines;
    }

    /// <summary>The whole lines of <paramref name="bytes"/>.</summary>
    public static IReadOnlyList<ReadOnlyMemory<byte>> Split(byte[] bytes, out int whole)
    {
        var lines = new List<ReadOnlyMemory<byte>>();
        for (whole = 0; Array.IndexOf(bytes, LineFeed, whole) is >= 0 and var end; whole = end + 1)
        {
            lines.Add(bytes.AsMemory(whole, end - whole));
        }

        return lines;
    }

    /// <summary>Appends a line, and returns when it is on the disk.</summary>
    /// <param name="line">Without a line feed.</param>
    /// <exception cref="IOException">The disk would not have it; the file is as it was.</exception>
    public void Append(ReadOnlySpan<byte> line)
    {
        _before?.Invoke("append");

        // Again, if a disk that was full or failing could not take back what is behind End when that was tried below.
        _file.SetLength(End);
        _file.Position = End;
        try
        {
            _file.Write([.. line, LineFeed]);
            _before?.Invoke("append-flush");
            _file.Flush(flushToDisk: true);
        }
        catch
        {
            _file.SetLength(End);
            throw;
        }

        End = _file.Position;
    }

    /// <summary>Lets go of the file.</summary>
    public void Dispose() => _file.Dispose();

    private static FileStreamOptions Options(FileMode mode) => new() { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 0 };
}
