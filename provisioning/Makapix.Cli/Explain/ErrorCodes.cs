using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;

namespace Makapix.Cli.Explain;

/// <summary>Every code that makapix has. The files of <c>Explain/Codes</c> are built into the program.</summary>
internal static class ErrorCodes
{
    private const string Folder = "Explain/";
    private const string Prefix = "MKX-";
    private const int Matches = 3;

    /// <summary>All, by area and number.</summary>
    public static ImmutableArray<ErrorCode> All { get; } =
    [
        .. typeof(ErrorCodes).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).SelectMany(Load).OrderBy(code => code.Code, StringComparer.Ordinal),
    ];

    /// <summary>The code that somebody typed, with or without <c>MKX-</c>, in any case; null if there is none.</summary>
    public static ErrorCode? Find(string typed)
    {
        var code = Whole(typed);
        return All.FirstOrDefault(one => one.Code == code);
    }

    /// <summary>The codes that were perhaps meant, the nearest first.</summary>
    public static IEnumerable<string> Nearest(string typed)
    {
        var code = Whole(typed);
        return All.Select(one => one.Code).OrderBy(one => Distance(one, code)).ThenBy(one => Math.Abs(Number(one) - Number(code))).ThenBy(one => one, StringComparer.Ordinal).Take(Matches);
    }

    private static IEnumerable<ErrorCode> Load(string resource)
    {
        using var json = typeof(ErrorCodes).Assembly.GetManifestResourceStream(resource)!;
        return ErrorCodeFile.Read(json);
    }

    private static string Whole(string typed)
    {
        var upper = typed.Trim().TrimEnd(':').ToUpperInvariant();
        return upper.StartsWith(Prefix, StringComparison.Ordinal) ? upper : Prefix + upper;
    }

    private static int Number(string code) => int.TryParse(code.AsSpan(code.LastIndexOf('-') + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    /// <summary>Levenshtein's: how many characters must be put in, taken out or replaced.</summary>
    private static int Distance(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (from[i - 1] == to[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[to.Length];
    }
}
