using System;
using System.Diagnostics;
using System.IO;
using System.Text.Json;
using System.Threading;

namespace Makapix.Provisioning.Authority;

/// <summary>
/// The record of what was issued and revoked: JSON, one event a line, only ever appended to, each line on the disk before its effect leaves.
/// Several processes may share it; each writes under a lock on the file itself, after reading what the others wrote.
/// </summary>
internal sealed class CertificateIndex(string path, AuthorityOptions options)
{
    private readonly Lock _gate = new();
    private readonly IndexState _state = new();
    private long _position;
    private int _lines;

    /// <summary>Locks the index against every other writer, in this process and others, and brings it up to date.</summary>
    /// <exception cref="AuthorityException">MKX-CA-004, 020, 021 or 022.</exception>
    public IndexTransaction Begin()
    {
        _gate.Enter();
        try
        {
            var file = OpenLocked();
            try
            {
                Refresh(file);

                // Bytes after the last line feed are a line whose writer died: its certificate never left, so nothing is lost with it.
                file.SetLength(_position);
                file.Position = _position;
                return new IndexTransaction(this, file);
            }
            catch
            {
                file.Dispose();
                throw;
            }
        }
        catch
        {
            _gate.Exit();
            throw;
        }
    }

    /// <summary>What a transaction reads and writes. Ends it by handing the file back to <see cref="End"/>.</summary>
    internal IndexState State => _state;

    internal void Append(FileStream file, IndexEvent happened)
    {
        var line = JsonSerializer.SerializeToUtf8Bytes(happened, AuthorityJson.Options);
        options.BeforeWrite?.Invoke("index");
        try
        {
            file.Write([.. line, (byte)'\n']);
            options.BeforeWrite?.Invoke("index-flush");
            file.Flush(flushToDisk: true);
        }
        catch
        {
            file.SetLength(_position);
            throw;
        }

        _state.Apply(happened);
        _position = file.Position;
        _lines++;
    }

    internal void End(FileStream file)
    {
        file.Dispose();
        _gate.Exit();
    }

    private FileStream OpenLocked()
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            }
            catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
            {
                throw AuthorityFile.Missing(path, e);
            }
            catch (IOException e) when (e.GetType() == typeof(IOException))
            {
                if (waited.Elapsed > options.LockTimeout)
                {
                    throw new AuthorityException("022", "another process is writing to this authority and does not finish.", "Wait for it or end it, then run the command again.", e);
                }

                Thread.Sleep(Random.Shared.Next(5, 25));
            }
        }
    }

    private void Refresh(FileStream file)
    {
        if (file.Length < _position)
        {
            throw new AuthorityException("021", "the index of this authority has become shorter.", "Stop, and find out who changed issued.jsonl; restore it from its backup.");
        }

        var added = new byte[file.Length - _position];
        file.Position = _position;
        file.ReadExactly(added);
        for (var start = 0; Array.IndexOf(added, (byte)'\n', start) is >= 0 and var end; start = end + 1)
        {
            ApplyLine(added.AsSpan(start, end - start));
            _position += end + 1 - start;
            _lines++;
        }
    }

    private void ApplyLine(ReadOnlySpan<byte> line)
    {
        try
        {
            _state.Apply(JsonSerializer.Deserialize<IndexEvent>(line, AuthorityJson.Options) ?? throw new InvalidDataException("null"));
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or InvalidDataException)
        {
            throw new AuthorityException("020", $"line {_lines + 1} of the index of this authority is damaged.", "Restore issued.jsonl from its backup; do not edit it.", e);
        }
    }
}
