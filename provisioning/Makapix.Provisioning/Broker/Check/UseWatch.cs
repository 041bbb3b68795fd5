using System;
using System.Threading;
using System.Threading.Tasks;

namespace Makapix.Provisioning.Broker.Check;

/// <summary>Watches what a target takes, from when it is made on.</summary>
internal sealed class UseWatch(CheckTarget target)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private ProcessUse _broker = target.Broker;
    private ProcessUse _front = target.Front;

    /// <summary>CPU of the broker since then, most of its memory.</summary>
    public ProcessUse Broker { get; private set; }

    /// <summary>The same of its front.</summary>
    public ProcessUse Front { get; private set; }

    /// <summary>Looks again and again.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            Look();
            await Task.Delay(Interval, stop).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }

        Look();
    }

    private void Look()
    {
        Broker = Join(Broker, ref _broker, target.Broker);
        Front = Join(Front, ref _front, target.Front);
    }

    // A process that has died takes nothing any more, and one in its place begins with nothing; what it took stands.
    private static ProcessUse Join(ProcessUse sum, ref ProcessUse before, ProcessUse now)
    {
        var more = now.CpuSeconds >= before.CpuSeconds ? now.CpuSeconds - before.CpuSeconds : now.CpuSeconds;
        before = now;
        return new ProcessUse(sum.CpuSeconds + more, Math.Max(sum.Bytes, now.Bytes));
    }
}
