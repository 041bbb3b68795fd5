using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Makapix.Cli.Fleet;

/// <summary>One fleet, one outage: all online, the broker killed, the broker back, and everybody watched until the last is online again.</summary>
internal sealed class OutageRun(SimulationWorld world, SimulationOptions options, SimulationConsole console)
{
    /// <summary>How long the last device is waited for, from the broker's return: the longest window of the backoff.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(300);

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    /// <exception cref="MakapixException">The fleet did not come online in the first place, or the broker ended by itself.</exception>
    public async Task<StrategyFigures> RunAsync(ReconnectStrategy strategy, CancellationToken cancel)
    {
        await world.StartBrokerAsync(cancel);
        await using var fleet = new SimulatedFleet(world.Identities, strategy);
        await console.StepAsync($"{strategy.Name} ({strategy.What}): {options.Devices} devices come online", fleet.StartAsync(cancel));

        var before = fleet.Failures();
        var recorder = fleet.Recorder;
        var killedAt = recorder.NowMs;
        await world.KillBrokerAsync(cancel);
        console.Detail($"broker killed; back in {options.OutageSeconds} s");
        while ((options.OutageSeconds * 1000L) - (recorder.NowMs - killedAt) is > 0 and var left)
        {
            // Timers may be a millisecond early.
            await Task.Delay((int)left, cancel);
        }

        // From here: what the start itself takes is the broker's, and the fleet has to wait for it.
        var returnedAt = recorder.NowMs;
        await world.StartBrokerAsync(cancel);
        var cpu = new CpuMeter(() => world.BrokerCpu);
        await WatchAsync(fleet, cpu, returnedAt, cancel);

        var figures = Figures(strategy, recorder.Since(killedAt, fleet.Size), cpu, returnedAt - killedAt, Difference(fleet.Failures(), before));
        await world.KillBrokerAsync(cancel);
        return figures;
    }

    private async Task WatchAsync(SimulatedFleet fleet, CpuMeter cpu, long returnedAt, CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(Look);
        for (var look = 1; fleet.Recorder.Online < fleet.Size && fleet.Recorder.NowMs - returnedAt < Patience.TotalMilliseconds; look++)
        {
            await timer.WaitForNextTickAsync(cancel);
            cpu.Look();
            if (look % 5 == 0)
            {
                console.Detail($"{(fleet.Recorder.NowMs - returnedAt) / 1000} s after the return: {fleet.Recorder.Online} of {fleet.Size} online");
            }
        }
    }

    private static StrategyFigures Figures(ReconnectStrategy strategy, FleetTimeline timeline, CpuMeter cpu, long outageMs, Dictionary<string, int> failures) => new()
    {
        Name = strategy.Name,
        OutageSeconds = outageMs / 1000.0,
        Attempts = timeline.Count(FleetEventKind.Attempt),
        PeakAttempts = timeline.Peak(FleetEventKind.Attempt),
        Successes = timeline.Count(FleetEventKind.Online),
        PeakSuccesses = timeline.Peak(FleetEventKind.Online),
        SecondsTo50 = timeline.SecondsUntil(50, outageMs),
        SecondsTo95 = timeline.SecondsUntil(95, outageMs),
        SecondsTo100 = timeline.SecondsUntil(100, outageMs),
        BrokerCpuSeconds = cpu.BrokerSeconds,
        BrokerPeakPercent = cpu.BrokerPeakPercent,
        MachinePeakPercent = cpu.MachinePeakPercent,
        LateMs99 = timeline.LateMs99(),
        Failures = failures,
        AttemptsPerSecond = timeline.PerSecond(FleetEventKind.Attempt),
        SuccessesPerSecond = timeline.PerSecond(FleetEventKind.Online),
    };

    private static Dictionary<string, int> Difference(Dictionary<string, int> after, Dictionary<string, int> before) => after
        .Select(one => (one.Key, Count: one.Value - before.GetValueOrDefault(one.Key)))
        .Where(one => one.Count > 0)
        .ToDictionary(one => one.Key, one => one.Count);
}
