using System;
using System.Threading;

namespace Makapix.VirtualEsp32.Loader;

/// <summary>How long bytes were on a line, in either direction.</summary>
internal sealed class LineMeter
{
    private long _ticks;

    public TimeSpan Busy => TimeSpan.FromTicks(Interlocked.Read(ref _ticks));

    public void Add(TimeSpan taken) => Interlocked.Add(ref _ticks, taken.Ticks);
}
