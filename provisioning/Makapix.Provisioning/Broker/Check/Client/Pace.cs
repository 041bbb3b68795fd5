using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;

namespace Makapix.Provisioning.Broker.Check;

/// <summary>So many turns a second, for all who ask. What a busy machine missed is made up for, but for no more than a tenth of a second.</summary>
internal sealed class Pace(int perSecond)
{
    private static readonly long MakeUp = Stopwatch.Frequency / 10;

    private readonly Lock _lock = new();
    private long _next = Stopwatch.GetTimestamp();

    /// <summary>Waits for a turn.</summary>
    public async Task TurnAsync(CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var now = Stopwatch.GetTimestamp();
        long due;
        lock (_lock)
        {
            due = Math.Max(_next, now - MakeUp);
            _next = due + (Stopwatch.Frequency / perSecond);
        }

        if (due > now)
        {
            await Task.Delay(Stopwatch.GetElapsedTime(now, due), cancel);
        }
    }
}
