using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;

namespace Makapix.Benchmarks;

/// <summary>Times of the same work, in milliseconds. A median does not hear of the one round in which the machine did something else.</summary>
internal sealed class Samples
{
    private readonly List<double> _values = [];
    private readonly List<double> _processor = [];

    public double Median => MedianOf(_values);

    /// <summary>The least processor time of this process, all its threads, that the work took: on a machine that others use too, what it takes by itself.</summary>
    public double Processor => _processor.Min();

    public double Sum => _values.Sum();

    public void Add(double milliseconds) => _values.Add(milliseconds);

    /// <summary>Does the work, and notes what one of it took.</summary>
    /// <param name="work">The work.</param>
    /// <param name="count">How many of it that is.</param>
    public void Time(Action work, int count = 1)
    {
        var (start, processor) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        work();
        _processor.Add((Environment.CpuUsage.TotalTime - processor).TotalMilliseconds / count);
        Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds / count);
    }

    /// <summary>How many times as long as <paramref name="other"/> this took: the median over the rounds, since what slows a round slows both.</summary>
    public double Over(Samples other) => MedianOf(_values.Zip(other._values, (value, others) => value / others));

    /// <summary>Puts both times into the figures: the median on the wall, and <see cref="Processor"/>.</summary>
    public void Put(Figures figures, string name) => (figures[$"{name}_ms"], figures[$"{name}_processor_ms"]) = (Median, Processor);

    private static double MedianOf(IEnumerable<double> values)
    {
        var ordered = values.Order().ToArray();
        return ordered[ordered.Length / 2];
    }
}
