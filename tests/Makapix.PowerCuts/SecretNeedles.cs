using System;
using System.Collections.Concurrent;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;

namespace Makapix.PowerCuts;

/// <summary>Secrets that must not be found, as bytes either way round and as hexadecimal text.</summary>
internal sealed class SecretNeedles
{
    // Few are looked for one by one; many by how they begin, in one pass.
    private const int Few = 16;

    private readonly ConcurrentDictionary<string, byte[]> _needles = new();

    /// <summary>Looks for it from now on.</summary>
    /// <param name="secret">Eight bytes at least; empty for none.</param>
    public void Add(ReadOnlySpan<byte> secret)
    {
        if (secret.IsEmpty)
        {
            return;
        }

        // A chip holds its flash key the other way round than a tool is given it.
        var reversed = secret.ToArray();
        reversed.AsSpan().Reverse();
        foreach (var needle in (byte[][])[secret.ToArray(), reversed, Encoding.ASCII.GetBytes(Convert.ToHexStringLower(secret)), Encoding.ASCII.GetBytes(Convert.ToHexString(secret))])
        {
            _needles.TryAdd(Convert.ToHexString(needle), needle);
        }
    }

    public void Add(SecretNeedles others)
    {
        foreach (var (name, needle) in others._needles)
        {
            _needles.TryAdd(name, needle);
        }
    }

    public bool AreIn(ReadOnlySpan<byte> bytes)
    {
        if (_needles.Count > Few)
        {
            return AreInByTheirStart(bytes);
        }

        foreach (var needle in _needles.Values)
        {
            if (bytes.IndexOf(needle) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The first file with one of them in it; null if there is none.</summary>
    public string? FindIn(string folder) =>
        Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).FirstOrDefault(file => AreIn(File.ReadAllBytes(file))) : null;

    private bool AreInByTheirStart(ReadOnlySpan<byte> bytes)
    {
        var starts = _needles.Values.GroupBy(Start).ToDictionary(group => group.Key, group => group.ToArray());
        for (var at = 0; at + sizeof(ulong) <= bytes.Length; at++)
        {
            if (starts.TryGetValue(MemoryMarshal.Read<ulong>(bytes[at..]), out var candidates))
            {
                foreach (var needle in candidates)
                {
                    if (bytes[at..].StartsWith(needle))
                    {
                        return true;
                    }
                }
            }
        }

        return false;
    }

    private static ulong Start(byte[] needle) => MemoryMarshal.Read<ulong>(needle);
}
