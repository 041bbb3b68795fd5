using System;
using System.Collections.Generic;
using System.Linq;

namespace Makapix.Cli.Fleet;

/// <summary>What a fleet did from the moment when its broker was killed, and the figures of it.</summary>
internal sealed class FleetTimeline
{
    private const int SecondMs = 1000;

    private readonly int _devices;
    private readonly FleetEvent[] _events;

    /// <param name="devices">Size of the fleet, those included that never do anything.</param>
    /// <param name="events">In any order; what was before the kill is left out.</param>
    /// <exception cref="ArgumentOutOfRangeException">A fleet of nobody: no share of it can be online.</exception>
    public FleetTimeline(int devices, IEnumerable<FleetEvent> events)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(devices);
        _devices = devices;
        _events = [.. events.Where(e => e.AtMs >= 0).OrderBy(e => e.AtMs)];
    }

    /// <summary>How often something was done.</summary>
    public int Count(FleetEventKind kind) => Times(kind).Length;

    /// <summary>The most within any 1,000 ms, wherever they begin: what a broker feels does not care for the full second.</summary>
    public int Peak(FleetEventKind kind)
    {
        var times = Times(kind);
        var peak = 0;
        for (int first = 0, last = 0; last < times.Length; last++)
        {
            while (times[last] - times[first] >= SecondMs)
            {
                first++;
            }

            peak = Math.Max(peak, last - first + 1);
        }

        return peak;
    }

    /// <summary>How often in each second since the kill, up to the last in which anything was done.</summary>
    public int[] PerSecond(FleetEventKind kind)
    {
        var histogram = new int[_events.Length == 0 ? 0 : (_events[^1].AtMs / SecondMs) + 1];
        foreach (var time in Times(kind))
        {
            histogram[time / SecondMs]++;
        }

        return histogram;
    }

    /// <summary>Seconds until so many percent of the fleet were online at one time; null if they never were.</summary>
    /// <param name="percent">1 to 100; of a fleet that it does not divide, the next whole device.</param>
    /// <param name="sinceMs">When the clock starts, milliseconds after the kill.</param>
    public double? SecondsUntil(int percent, long sinceMs)
    {
        var wanted = (((long)_devices * percent) + 99) / 100;
        var online = new HashSet<int>();
        foreach (var e in _events)
        {
            if (e.Kind == FleetEventKind.Online && online.Add(e.Device) && online.Count >= wanted)
            {
                return Math.Max(0, e.AtMs - sinceMs) / (double)SecondMs;
            }

            if (e.Kind == FleetEventKind.Offline)
            {
                online.Remove(e.Device);
            }
        }

        return null;
    }

    /// <summary>How late all attempts but the worst hundredth were, milliseconds; 0 if there was none.</summary>
    public long LateMs99()
    {
        long[] late = [.. _events.Where(e => e.Kind == FleetEventKind.Attempt).Select(e => e.LateMs).Order()];
        return late.Length == 0 ? 0 : late[(((late.Length * 99) + 99) / 100) - 1];
    }

    private long[] Times(FleetEventKind kind) => [.. _events.Where(e => e.Kind == kind).Select(e => e.AtMs)];
}
