using System;
using System.Collections.Generic;
using System.Linq;

namespace Makapix.Cli.Fleet;

/// <summary>A histogram in one line.</summary>
internal static class Sparkline
{
    public const int Columns = 60;

    private const string Levels = " ▁▂▃▄▅▆▇█";

    /// <summary>How many seconds one column must stand for, so that so many fit.</summary>
    public static int SecondsPerColumn(int seconds) => Math.Max(1, (seconds + Columns - 1) / Columns);

    /// <summary>The busiest second of each column; anything above nothing can be seen.</summary>
    /// <param name="perSecond">The histogram.</param>
    /// <param name="secondsPerColumn">From <see cref="SecondsPerColumn"/>.</param>
    /// <param name="top">What fills a column; more than nothing.</param>
    public static string Draw(IEnumerable<int> perSecond, int secondsPerColumn, int top) =>
        string.Concat(perSecond.Chunk(secondsPerColumn).Select(column => Levels[Level(column.Max(), top)])).TrimEnd();

    private static int Level(int count, int top) => (int)Math.Ceiling(Math.Min(1.0, (double)count / top) * (Levels.Length - 1));
}
