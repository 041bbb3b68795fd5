using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.IO;
using System.Linq;

namespace Makapix.Provisioning.Broker.Up;

/// <summary>What the kernel tells of processes (proc(5)).</summary>
internal static class ProcessTable
{
    // Fields of /proc/PID/stat behind the name, which stands in brackets and may hold anything.
    private const int Parent = 1;
    private const int StartTime = 19;

    // The line of /proc/PID/status: a mask, signal 1 the lowest bit.
    private const string Caught = "SigCgt:";

    /// <summary>The processes that it started and that live.</summary>
    public static ImmutableArray<int> Children(int process) => [.. All().Where(other => Fields(other) is { } fields && fields[Parent] == $"{process}")];

    /// <summary>When it started, in the kernel's ticks since the machine did; null if it is not there, or is dead and only not yet missed.</summary>
    public static long? Started(int process) => Fields(process) is { } fields && fields[0] is not ("Z" or "X") ? long.Parse(fields[StartTime], CultureInfo.InvariantCulture) : null;

    /// <summary>Bytes of it that are in memory; null if it is not there.</summary>
    public static long? ResidentBytes(int process) =>
        Read(process, "statm")?.Split(' ') is [_, var pages, ..] ? long.Parse(pages, CultureInfo.InvariantCulture) * Environment.SystemPageSize : null;

    /// <summary>Whether a handler of its own takes a signal, now.</summary>
    public static bool Catches(int process, int signal) =>
        Read(process, "status")?.Split('\n').FirstOrDefault(line => line.StartsWith(Caught, StringComparison.Ordinal)) is { } line
        && (ulong.Parse(line[Caught.Length..].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) >> (signal - 1) & 1) == 1;

    /// <summary>The processes of a program that were started with a word that begins so.</summary>
    public static ImmutableArray<ProcessMark> StartedWith(string program, string beginning) =>
        [.. All().Where(other => Read(other, "cmdline")?.Split('\0') is [var name, .. var words] && Path.GetFileName(name) == program && words.Any(word => word.StartsWith(beginning, StringComparison.Ordinal))).Select(other => ProcessMark.Of(program, other))];

    private static IEnumerable<int> All() =>
        Directory.EnumerateDirectories("/proc").Select(folder => int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0).Where(id => id != 0);

    private static string[]? Fields(int process) => Read(process, "stat") is { } stat && stat.LastIndexOf(')') is > 0 and var end ? stat[(end + 2)..].Split(' ') : null;

    private static string? Read(int process, string name)
    {
        try
        {
            return File.ReadAllText($"/proc/{process.ToString(CultureInfo.InvariantCulture)}/{name}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
