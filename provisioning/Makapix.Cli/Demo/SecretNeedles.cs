using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;

namespace Makapix.Cli.Demo;

/// <summary>
/// Finds any 16-byte run of a secret in files: raw, in hexadecimal, and inside base64 (PEM), whatever the alignment. Sixteen bytes, since less could be chance
/// and half a key is already a leak.
/// </summary>
internal sealed class SecretNeedles
{
    private const int Run = 16;

    private readonly Dictionary<ulong, List<(string Name, byte[] Bytes)>> _byStart = [];

    // By the first two bytes of a run, which hardly any place in a file has: what is searched is megabytes.
    private readonly bool[] _mayStart = new bool[ushort.MaxValue + 1];

    /// <summary>Adds a binary secret under the name to show when it is found.</summary>
    public void AddKey(string name, ReadOnlySpan<byte> secret)
    {
        AddRuns(name, secret);
        AddRuns($"{name} in hex", Encoding.ASCII.GetBytes(Convert.ToHexStringLower(secret)));
        AddRuns($"{name} in hex", Encoding.ASCII.GetBytes(Convert.ToHexString(secret)));
        for (var alignment = 0; alignment < 3; alignment++)
        {
            AddRuns($"{name} in base64", Base64Core(secret, alignment));
        }
    }

    /// <summary>Adds a text secret.</summary>
    public void AddText(string name, string secret) => AddRuns(name, Encoding.UTF8.GetBytes(secret));

    /// <summary>The names of all secrets of which a run stands in the bytes.</summary>
    public IReadOnlySet<string> FindIn(ReadOnlySpan<byte> bytes)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        for (var i = 0; i + Run <= bytes.Length; i++)
        {
            if (_mayStart[MemoryMarshal.Read<ushort>(bytes[i..])] && _byStart.TryGetValue(MemoryMarshal.Read<ulong>(bytes[i..]), out var candidates))
            {
                foreach (var (name, run) in candidates)
                {
                    if (bytes.Slice(i, Run).SequenceEqual(run))
                    {
                        found.Add(name);
                    }
                }
            }
        }

        return found;
    }

    /// <summary>The same for a file; line breaks are passed over as well, since PEM breaks its base64 every 64 characters.</summary>
    public IReadOnlySet<string> FindInFile(string path)
    {
        var bytes = File.ReadAllBytes(path);
        var found = new SortedSet<string>(FindIn(bytes), StringComparer.Ordinal);
        found.UnionWith(FindIn(WithoutLineBreaks(bytes)));
        return found;
    }

    private static ReadOnlySpan<byte> WithoutLineBreaks(byte[] bytes)
    {
        var kept = new byte[bytes.Length];
        var length = 0;
        foreach (var b in bytes)
        {
            if (b is not ((byte)'\n' or (byte)'\r'))
            {
                kept[length++] = b;
            }
        }

        return kept.AsSpan(0, length);
    }

    // The characters that depend on the secret alone, when it starts at that place of a three-byte group.
    private static byte[] Base64Core(ReadOnlySpan<byte> secret, int alignment)
    {
        var padded = new byte[alignment + secret.Length];
        secret.CopyTo(padded.AsSpan(alignment));
        var text = Convert.ToBase64String(padded);
        var first = alignment == 0 ? 0 : alignment + 1;
        var last = padded.Length / 3 * 4;
        return Encoding.ASCII.GetBytes(text[first..last]);
    }

    private void AddRuns(string name, ReadOnlySpan<byte> secret)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(secret.Length, Run);
        for (var i = 0; i + Run <= secret.Length; i++)
        {
            var run = secret.Slice(i, Run).ToArray();
            var start = MemoryMarshal.Read<ulong>(run);
            if (!_byStart.TryGetValue(start, out var runs))
            {
                _byStart.Add(start, runs = []);
            }

            runs.Add((name, run));
            _mayStart[MemoryMarshal.Read<ushort>(run)] = true;
        }
    }
}
