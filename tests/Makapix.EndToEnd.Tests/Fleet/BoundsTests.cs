using System.Collections.Generic;
using System.Linq;
using Makapix.Cli.Fleet;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.EndToEnd.Tests.Fleet;

/// <summary>The verdict: each bound by itself, at its edge and past it.</summary>
[TestClass]
public sealed class BoundsTests
{
    [TestMethod]
    [DataRow("", 10, 333, 4000, 30.0)]
    [DataRow("peak-attempts", 10, 334, 4000, 30.0)]
    [DataRow("total-attempts", 10, 333, 4001, 30.0)]
    [DataRow("online-95", 10, 333, 4000, 30.01)]
    [DataRow("online-95", 1, 333, 4000, null)]
    [DataRow("", 11, 333, 4000, null)]
    public void What_is_past_its_edge_does_not_hold_and_nothing_else(string broken, int outage, int peak, int attempts, double? to95)
    {
        var bounds = Bounds.Of(Options(outage), [Figures("makapix", peak, attempts, to95), Figures("fixed", 1000, 2000, 10), Figures("exponential", 1000, 4000, 5)]);
        Assert.HasCount(outage <= 10 ? 3 : 2, bounds);
        Assert.AreEqual(broken, string.Join(',', bounds.Where(bound => !bound.Holds).Select(bound => bound.Name)));
        Assert.AreEqual(broken.Length == 0, new SimulationReport(1000, outage, [], bounds).Ok);
    }

    [TestMethod]
    [DataRow("makapix", "online-95")]
    [DataRow("fixed", "")]
    [DataRow("exponential", "")]
    public void What_was_not_run_is_not_compared_with(string alone, string judged) =>
        Assert.AreEqual(judged, string.Join(',', Bounds.Of(Options(10), [Figures(alone, 1, 1, 1)]).Select(bound => bound.Name)));

    [TestMethod]
    [DataRow(100, 51, 79, 1000L, false)]
    [DataRow(100, 49, 79, 0L, true)]
    [DataRow(100, 100, 79, 1001L, true)]
    [DataRow(100, 1, 80, 5000L, false)]
    public void The_machine_is_to_blame_only_while_the_broker_has_time(int attempts, int online, int broker, long late, bool machine) =>
        Assert.AreEqual(machine, (Figures("fixed", attempts, attempts, 1) with { PeakSuccesses = online, BrokerPeakPercent = broker, LateMs99 = late }).IsMachineBound);

    private static SimulationOptions Options(int outage) => new(1000, outage, ReconnectStrategy.All);

    private static StrategyFigures Figures(string name, int peak, int attempts, double? to95) => new()
    {
        Name = name,
        OutageSeconds = 10,
        Attempts = attempts,
        PeakAttempts = peak,
        Successes = 0,
        PeakSuccesses = 0,
        SecondsTo50 = to95,
        SecondsTo95 = to95,
        SecondsTo100 = to95,
        BrokerCpuSeconds = 0,
        BrokerPeakPercent = 0,
        MachinePeakPercent = 0,
        LateMs99 = 0,
        Failures = new Dictionary<string, int>(),
        AttemptsPerSecond = [],
        SuccessesPerSecond = [],
    };
}
