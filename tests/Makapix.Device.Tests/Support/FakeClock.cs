using System;
using System.Collections.Generic;
using Makapix.Device.Connection;

namespace Makapix.Device.Tests.Support;

/// <summary>Simulated time, and what is to happen in it.</summary>
public sealed class FakeClock : IMonotonicClock
{
    private readonly PriorityQueue<Action, long> _plan = new();

    public long NowMs { get; private set; } = 1000;

    public void After(TimeSpan delay, Action action) => _plan.Enqueue(action, NowMs + (long)delay.TotalMilliseconds);

    /// <summary>Time until the next planned action, at most <paramref name="atMost"/>.</summary>
    public long UntilNext(long atMost) => _plan.TryPeek(out _, out long at) ? Math.Clamp(at - NowMs, 0, atMost) : atMost;

    public void Advance(long ms)
    {
        long end = NowMs + ms;
        while (_plan.TryPeek(out Action? action, out long at) && at <= end)
        {
            _plan.Dequeue();
            NowMs = Math.Max(NowMs, at);
            action();
        }

        NowMs = Math.Max(NowMs, end);
    }
}
