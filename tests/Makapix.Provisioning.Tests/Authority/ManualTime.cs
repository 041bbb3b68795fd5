using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Makapix.Provisioning.Tests.Authority;

/// <summary>A clock that the test moves; whoever waits for it wakes when it has come so far.</summary>
internal sealed class ManualTime(DateTimeOffset now) : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<Waiting> _waiting = [];
    private readonly SemaphoreSlim _begun = new(0);
    private DateTimeOffset _now = now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _now;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Waiting(this, () => callback(state), GetUtcNow() + dueTime);
        lock (_gate)
        {
            _waiting.Add(timer);
        }

        _begun.Release();
        return timer;
    }

    /// <summary>Waits until somebody waits for this clock, once for each time that somebody began to.</summary>
    public bool SomebodyWaits(TimeSpan patience) => _begun.Wait(patience);

    /// <summary>Moves it, and wakes those whose time has come.</summary>
    public void Advance(TimeSpan by)
    {
        Waiting[] due;
        lock (_gate)
        {
            _now += by;
            due = [.. _waiting.Where(one => one.At <= _now)];
            _waiting.RemoveAll(due.Contains);
        }

        Array.ForEach(due, one => one.Wake());
    }

    private sealed class Waiting(ManualTime time, Action wake, DateTimeOffset at) : ITimer
    {
        public DateTimeOffset At { get; } = at;

        public void Wake() => wake();

        public bool Change(TimeSpan dueTime, TimeSpan period) => false;

        public void Dispose()
        {
            lock (time._gate)
            {
                time._waiting.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
