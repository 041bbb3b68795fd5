using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Text.Json;
using Makapix.Provisioning.Authority;
using Makapix.Provisioning.Chips;

namespace Makapix.Provisioning.Line;

/// <summary>
/// What happened to one board: JSON, one event a line, only ever appended to. An entry is on the disk when <see cref="Write"/> returns,
/// so it stands before what it announces and survives any power cut after it.
/// </summary>
/// <remarks>The file is held open and locked: two lines cannot work on one board.</remarks>
public sealed class LineJournal : IDisposable
{
    internal const string Suffix = ".journal.jsonl";

    private readonly FileStream _file;
    private readonly List<JournalEntry> _entries;

    private LineJournal(FileStream file, string path, List<JournalEntry> entries)
    {
        _file = file;
        _entries = entries;
        Path = path;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Everything in it, oldest first.</summary>
    public IReadOnlyList<JournalEntry> Entries => _entries;

    /// <summary>The journal's file for a board.</summary>
    public static string PathOf(string folder, MacAddress mac) => System.IO.Path.Combine(folder, $"{mac.ToFileName()}{Suffix}");

    /// <summary>Opens the journal of a board, or begins it.</summary>
    /// <exception cref="LineException">110: another line has it. 111: it is damaged.</exception>
    public static LineJournal Open(string folder, MacAddress mac)
    {
        DurableFile.CreatePrivateFolder(folder);
        var path = PathOf(folder, mac);
        FileStream file;
        try
        {
            file = new FileStream(path, PrivateFile());
        }
        catch (IOException e) when (File.Exists(path))
        {
            throw new LineException("110", $"another line is working on board {mac}.", "Wait until it is done.", e);
        }

        try
        {
            return new LineJournal(file, path, ReadAll(file, path));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Appends an entry, and returns when it is on the disk.</summary>
    public void Write(JournalEntry entry)
    {
        _file.Write([.. JsonSerializer.SerializeToUtf8Bytes(entry, LineJson.Options), (byte)'\n']);
        _file.Flush(flushToDisk: true);
        _entries.Add(entry);
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    /// <summary>Reads a journal; null if another line has it, which then knows best.</summary>
    /// <exception cref="LineException">111: it is damaged.</exception>
    internal static IReadOnlyList<JournalEntry>? TryPeek(string path)
    {
        try
        {
            return Parse(File.ReadAllBytes(path), path, out _);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static List<JournalEntry> ReadAll(FileStream file, string path)
    {
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        var entries = Parse(bytes, path, out var whole);
        file.SetLength(whole);
        file.Position = whole;
        return entries;
    }

    private static FileStreamOptions PrivateFile()
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = DurableFile.Private;
        }

        return options;
    }

    private static List<JournalEntry> Parse(byte[] bytes, string path, out int whole)
    {
        // Bytes after the last line feed are an entry whose writer died before it was whole: what it would announce was never begun.
        whole = Array.LastIndexOf(bytes, (byte)'\n') + 1;
        var entries = new List<JournalEntry>();
        foreach (var line in Encoding.UTF8.GetString(bytes, 0, whole).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            try
            {
                entries.Add(JsonSerializer.Deserialize<JournalEntry>(line, LineJson.Options) ?? throw new JsonException());
            }
            catch (Exception e) when (e is JsonException or NotSupportedException)
            {
                throw new LineException("111", $"line {entries.Count + 1} of {path} is damaged.", "Restore the journal from its backup: without it nobody knows what was burned into this board.", e);
            }
        }

        return entries;
    }
}
