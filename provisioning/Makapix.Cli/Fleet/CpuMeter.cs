using System;
using System.Diagnostics;

namespace Makapix.Cli.Fleet;

/// <summary>How busy the broker and this process are: what of a figure is theirs, and what is the machine's.</summary>
internal sealed class CpuMeter
{
    private readonly Func<TimeSpan> _broker;
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private TimeSpan _lastAt;
    private TimeSpan _lastBroker;
    private TimeSpan _lastClient = Client();

    /// <param name="broker">CPU time of the broker since it came back.</param>
    public CpuMeter(Func<TimeSpan> broker)
    {
        _broker = broker;
        _lastBroker = broker();
    }

    /// <summary>CPU seconds of the broker when it was last looked at.</summary>
    public double BrokerSeconds => Math.Round(_lastBroker.TotalSeconds, 2);

    /// <summary>Most of one core that the broker took between two looks, percent: mosquitto has one thread.</summary>
    public int BrokerPeakPercent { get; private set; }

    /// <summary>Most of the whole machine that both took together between two looks, percent.</summary>
    public int MachinePeakPercent { get; private set; }

    /// <summary>Looks; about once a second.</summary>
    public void Look()
    {
        var (at, broker, client) = (_watch.Elapsed, _broker(), Client());
        var passed = at - _lastAt;
        if (passed > TimeSpan.FromMilliseconds(100))
        {
            BrokerPeakPercent = Math.Max(BrokerPeakPercent, Percent(broker - _lastBroker, passed));
            MachinePeakPercent = Math.Max(MachinePeakPercent, Percent(broker - _lastBroker + client - _lastClient, passed * Environment.ProcessorCount));
            (_lastAt, _lastBroker, _lastClient) = (at, broker, client);
        }
    }

    private static int Percent(TimeSpan part, TimeSpan whole) => (int)Math.Min(100, Math.Round(100 * (part / whole)));

    private static TimeSpan Client()
    {
        using var self = Process.GetCurrentProcess();
        return self.TotalProcessorTime;
    }
}
