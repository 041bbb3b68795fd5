using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;
using Makapix.Provisioning.Chips;
using Makapix.Provisioning.Storage;

namespace Makapix.Provisioning.Line;

/// <summary>
/// What happened to one board: JSON, one event a line, only ever appended to. An entry is on the disk when <see cref="Write"/> returns,
/// so it stands before what it announces and survives any power cut after it.
/// </summary>
/// <remarks>The file is held open and locked: two lines cannot work on one board.</remarks>
public sealed class LineJournal : IDisposable
{
    internal const string Suffix = ".journal.jsonl";

    private readonly AppendOnlyLog _log;
    private readonly List<JournalEntry> _entries;

    private LineJournal(AppendOnlyLog log, string path)
    {
        _log = log;
        Path = path;
        _entries = Parse(log.ReadFrom(0), path);
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Everything in it, oldest first.</summary>
    public IReadOnlyList<JournalEntry> Entries => _entries;

    /// <summary>The journal's file for a board.</summary>
    public static string PathOf(string folder, MacAddress mac) => System.IO.Path.Combine(folder, $"{mac.ToFileName()}{Suffix}");

    /// <summary>Opens the journal of a board, or begins it.</summary>
    /// <exception cref="LineException">110: another line has it. 111: it is damaged.</exception>
    public static LineJournal Open(string folder, MacAddress mac) => Open(folder, mac, null);

    /// <param name="folder">Where it is kept.</param>
    /// <param name="mac">The board.</param>
    /// <param name="before">Called before each step that changes the disk, with its name. Tests throw from it, to be the failing disk.</param>
    internal static LineJournal Open(string folder, MacAddress mac, Action<string>? before)
    {
        DurableFile.CreatePrivateFolder(folder);
        var path = PathOf(folder, mac);
        AppendOnlyLog log;
        try
        {
            log = AppendOnlyLog.OpenOrCreate(path, before);
        }
        catch (IOException e) when (File.Exists(path))
        {
            throw new LineException("110", $"another line is working on board {mac}.", "Wait until it is done.", e);
        }

        try
        {
            return new LineJournal(log, path);
        }
        catch
        {
            log.Dispose();
            throw;
        }
    }

    /// <summary>Appends an entry, and returns when it is on the disk.</summary>
    /// <exception cref="IOException">The disk would not have it; the journal is as it was.</exception>
    public void Write(JournalEntry entry)
    {
        _log.Append(JsonSerializer.SerializeToUtf8Bytes(entry, LineJson.Options));
        _entries.Add(entry);
    }

    /// <inheritdoc/>
    public void Dispose() => _log.Dispose();

    /// <summary>Reads a journal; null if another line has it, which then knows best.</summary>
    /// <exception cref="LineException">111: it is damaged.</exception>
    internal static IReadOnlyList<JournalEntry>? TryPeek(string path)
    {
        try
        {
            return Parse(AppendOnlyLog.Split(File.ReadAllBytes(path), out _), path);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static List<JournalEntry> Parse(IReadOnlyList<ReadOnlyMemory<byte>> lines, string path)
    {
        var entries = new List<JournalEntry>(lines.Count);
        foreach (var line in lines)
        {
            try
            {
                entries.Add(JsonSerializer.Deserialize<JournalEntry>(line.Span, LineJson.Options) ?? throw new JsonException());
            }
            catch (Exception e) when (e is JsonException or NotSupportedException)
            {
                throw new LineException("111", $"line {entries.Count + 1} of {path} is damaged.", "Restore the journal from its backup: without it nobody knows what was burned into this board.", e);
            }
        }

        return entries;
    }
}
