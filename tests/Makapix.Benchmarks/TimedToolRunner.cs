using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Provisioning.Chips;

namespace Makapix.Benchmarks;

/// <summary>Runs the real tools, and notes how many and how long they ran, one beside the other.</summary>
internal sealed class TimedToolRunner(IToolRunner real) : IToolRunner
{
    private long _ticks;
    private int _calls;

    public TimeSpan Time => TimeSpan.FromTicks(Interlocked.Read(ref _ticks));

    public int Calls => _calls;

    public async Task<ToolResult> RunAsync(ToolCommand command, CancellationToken cancel)
    {
        var start = Stopwatch.GetTimestamp();
        var result = await real.RunAsync(command, cancel);
        Interlocked.Add(ref _ticks, Stopwatch.GetElapsedTime(start).Ticks);
        Interlocked.Increment(ref _calls);
        return result;
    }
}
