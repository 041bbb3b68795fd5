using System;
using System.Threading;
using System.Threading.Tasks;

namespace Makapix.Provisioning.Broker.Check;

/// <summary>Watches what a target takes, from when it is made on.</summary>
internal sealed class UseWatch(CheckTarget target)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly ProcessUse _brokerAtFirst = target.Broker;
    private readonly ProcessUse _frontAtFirst = target.Front;

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
        Broker = Join(Broker, _brokerAtFirst, target.Broker);
        Front = Join(Front, _frontAtFirst, target.Front);
    }

    // A process that has died takes nothing any more; what it took stands.
    private static ProcessUse Join(ProcessUse before, ProcessUse first, ProcessUse now) =>
        new(Math.Max(before.CpuSeconds, now.CpuSeconds - first.CpuSeconds), Math.Max(before.Bytes, now.Bytes));
}
