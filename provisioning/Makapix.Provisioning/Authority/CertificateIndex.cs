using System;
using System.Diagnostics;
using System.IO;
using System.Text.Json;
using System.Threading;
using Makapix.Provisioning.Storage;

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
            var log = OpenLocked();
            try
            {
                // A line whose writer died is left out: its certificate never left, so nothing is lost with it.
                Refresh(log);
                return new IndexTransaction(this, log);
            }
            catch
            {
                log.Dispose();
                throw;
            }
        }
        catch
        {
            _gate.Exit();
            throw;
        }
    }

    /// <summary>What a transaction reads and writes. It ends by handing the log back to <see cref="End"/>.</summary>
    internal IndexState State => _state;

    internal void Append(AppendOnlyLog log, IndexEvent happened)
    {
        log.Append(JsonSerializer.SerializeToUtf8Bytes(happened, AuthorityJson.Options));
        _state.Apply(happened);
        _position = log.End;
        _lines++;
    }

    internal void End(AppendOnlyLog log)
    {
        log.Dispose();
        _gate.Exit();
    }

    private AppendOnlyLog OpenLocked()
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                return AppendOnlyLog.Open(path, options.BeforeWrite);
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

    private void Refresh(AppendOnlyLog log)
    {
        if (log.Length < _position)
        {
            throw new AuthorityException("021", "the index of this authority has become shorter.", "Stop, and find out who changed issued.jsonl; restore it from its backup.");
        }

        foreach (var line in log.ReadFrom(_position))
        {
            ApplyLine(line.Span);
            _position += line.Length + 1;
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
