using System.Collections.Generic;

namespace Makapix.Cli.Fleet;

/// <summary>How a fleet came back, by one strategy. Counts begin when the broker is killed and end when all are online, or the patience is over.</summary>
internal sealed record StrategyFigures
{
    // mosquitto has one thread: this much of a core, and it is the bottleneck.
    private const int BrokerIsBusyPercent = 80;

    private const int LateMs = 1000;

    /// <summary>The strategy's name.</summary>
    public required string Name { get; init; }

    /// <summary>From the kill to the restart, as it was; seconds.</summary>
    public required double OutageSeconds { get; init; }

    /// <summary>TCP connections begun.</summary>
    public required int Attempts { get; init; }

    /// <summary>The most of them within any 1,000 ms.</summary>
    public required int PeakAttempts { get; init; }

    /// <summary>Times a device came online: subscribed, and its presence confirmed by the broker.</summary>
    public required int Successes { get; init; }

    /// <summary>The most of them within any 1,000 ms.</summary>
    public required int PeakSuccesses { get; init; }

    /// <summary>Seconds from the broker's start until half of the fleet was online; null: never.</summary>
    public required double? SecondsTo50 { get; init; }

    /// <summary>The same for 95 %.</summary>
    public required double? SecondsTo95 { get; init; }

    /// <summary>The same for all.</summary>
    public required double? SecondsTo100 { get; init; }

    /// <summary>CPU seconds of the broker since it came back.</summary>
    public required double BrokerCpuSeconds { get; init; }

    /// <summary>Most of one core that it took in a second.</summary>
    public required int BrokerPeakPercent { get; init; }

    /// <summary>Most of the whole machine that broker and devices took together in a second.</summary>
    public required int MachinePeakPercent { get; init; }

    /// <summary>
    /// Whether the broker had time, and yet attempts began a second late, or far fewer came online in a second than tried to: the devices' half of each
    /// attempt, which in the field is each chip's own, waited for this machine.
    /// </summary>
    public bool IsMachineBound => BrokerPeakPercent < BrokerIsBusyPercent && (LateMs99 > LateMs || PeakSuccesses < PeakAttempts / 2);

    /// <summary>How late attempts began, all but the worst hundredth; milliseconds.</summary>
    public required long LateMs99 { get; init; }

    /// <summary>Attempts that failed and sessions that ended, by cause as in the device's status.</summary>
    public required IReadOnlyDictionary<string, int> Failures { get; init; }

    /// <summary>Attempts in each second since the kill.</summary>
    public required IReadOnlyList<int> AttemptsPerSecond { get; init; }

    /// <summary>Successes in each second since the kill.</summary>
    public required IReadOnlyList<int> SuccessesPerSecond { get; init; }
}
