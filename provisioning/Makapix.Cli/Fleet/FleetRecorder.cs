using System.Collections.Concurrent;
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

    /// <summary>All since a moment of <see cref="NowMs"/>.</summary>
    public FleetTimeline Since(long killedAtMs, int devices) => new(devices, _events.Select(e => e with { AtMs = e.AtMs - killedAtMs }));
}
