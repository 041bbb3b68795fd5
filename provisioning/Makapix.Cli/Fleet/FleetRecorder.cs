using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;

namespace Makapix.Cli.Fleet;

/// <summary>Takes down what the devices of one fleet do, each on its own thread.</summary>
internal sealed class FleetRecorder
{
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly ConcurrentQueue<FleetEvent> _events = new();
    private int _attempts;
    private int _online;

    public long NowMs => _watch.ElapsedMilliseconds;

    /// <summary>Attempts so far.</summary>
    public int Attempts => Volatile.Read(ref _attempts);

    /// <summary>Devices that are online now.</summary>
    public int Online => Volatile.Read(ref _online);

    public void Attempt(int device, long dueAtMs)
    {
        Interlocked.Increment(ref _attempts);
        var now = NowMs;
        _events.Enqueue(new FleetEvent(device, now, FleetEventKind.Attempt, now - dueAtMs));
    }

    public void CameOnline(int device)
    {
        Interlocked.Increment(ref _online);
        _events.Enqueue(new FleetEvent(device, NowMs, FleetEventKind.Online));
    }

    public void WentOffline(int device)
    {
        Interlocked.Decrement(ref _online);
        _events.Enqueue(new FleetEvent(device, NowMs, FleetEventKind.Offline));
    }

    /// <summary>All since a moment of <see cref="NowMs"/>, but for what came of attempts that were under way then.</summary>
    public FleetTimeline Since(long killedAtMs, int devices)
    {
        var tried = new HashSet<int>();
        var events = new List<FleetEvent>();
        foreach (var e in _events.Where(e => e.AtMs >= killedAtMs))
        {
            // Taken down by each device's own thread, so each device's own events are in their order.
            if (e.Kind == FleetEventKind.Attempt)
            {
                tried.Add(e.Device);
            }

            if (e.Kind != FleetEventKind.Online || tried.Contains(e.Device))
            {
                events.Add(e with { AtMs = e.AtMs - killedAtMs });
            }
        }

        return new FleetTimeline(devices, events);
    }
}
