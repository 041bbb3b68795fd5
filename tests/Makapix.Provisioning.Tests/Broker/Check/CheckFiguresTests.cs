using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using Makapix.Provisioning.Broker.Check;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Broker.Check;

/// <summary>The arithmetic of the figures, and each bound at its edge and past it.</summary>
[TestClass]
public sealed class CheckFiguresTests
{
    [TestMethod]
    [DataRow("", 99, null)]
    [DataRow("7", 50, 7.0)]
    [DataRow("7", 99, 7.0)]
    [DataRow("1 2", 50, 1.0)]
    [DataRow("1 2 3", 50, 2.0)]
    [DataRow("1 2 3 4", 99, 4.0)]
    public void A_percentile_is_a_value_that_was_measured(string values, int percent, double? expected) =>
        Assert.AreEqual(expected, LegitimateFigures.Percentile([.. values.Split(' ', System.StringSplitOptions.RemoveEmptyEntries).Select(double.Parse)], percent));

    [TestMethod]
    public void The_99th_percentile_of_a_hundred_leaves_out_one()
    {
        double[] values = [.. Enumerable.Range(1, 100).Select(value => (double)value)];
        Assert.AreEqual(99.0, LegitimateFigures.Percentile(values, 99));
        Assert.AreEqual(2, LegitimateFigures.Percentile([.. values, .. values.Select(value => value + 100)], 1));
    }

    [TestMethod]
    public void A_connack_without_an_acknowledged_message_is_no_success_and_its_time_counts()
    {
        var figures = LegitimateFigures.Of([new(10, null), new(30, "TimedOut"), new(null, "ConnectionClosed"), new(null, "ConnectionClosed")]);
        Assert.AreEqual((4, 1, 25.0), (figures.Attempts, figures.Successes, figures.SuccessPercent));
        Assert.AreEqual((10.0, 30.0, 30.0), (figures.P50Ms, figures.P99Ms, figures.MaxMs));
        Assert.AreEqual("ConnectionClosed 2, TimedOut 1", string.Join(", ", figures.Failures.Select(pair => $"{pair.Key} {pair.Value}")));
    }

    [TestMethod]
    public void Nobody_who_tried_is_no_success()
    {
        var figures = LegitimateFigures.Of([]);
        Assert.AreEqual(0.0, figures.SuccessPercent);
        Assert.HasCount(5, Figures(attempts: 0, successes: 0, p99: null, recovery: null, home: figures).Broken);
    }

    [TestMethod]
    [DataRow("", 200, 198, 1000.0, 5.0, 0, true)]
    [DataRow("98.5 % of the legitimate", 200, 197, 1000.0, 5.0, 0, true)]
    [DataRow("p99 of the legitimate 1001 ms", 200, 200, 1000.6, 5.0, 0, true)]
    [DataRow("no CONNACK of the legitimate at all", 200, 200, null, 5.0, 0, true)]
    [DataRow("well again after 5.1 s", 200, 200, 1.0, 5.1, 0, true)]
    [DataRow("not well again", 200, 200, 1.0, null, 0, true)]
    [DataRow("1 let through", 200, 200, 1.0, 0.0, 1, true)]
    [DataRow("the broker died", 200, 200, 1.0, 0.0, 0, false)]
    public void A_bound_breaks_past_its_edge_and_alone(string broken, int attempts, int successes, double? p99, double? recovery, int through, bool alive) =>
        Breaks(broken, Figures(attempts, successes, p99, recovery, through, alive));

    [TestMethod]
    [DataRow("", 20, 20, 1000.0)]
    [DataRow("95 % of a household succeeded", 20, 19, 1000.0)]
    [DataRow("p99 of a household 1001 ms", 20, 20, 1000.6)]
    [DataRow("no CONNACK of a household at all", 20, 20, null)]
    public void A_household_is_held_to_the_same_bounds_by_itself(string broken, int attempts, int successes, double? p99) =>
        Breaks(broken, Figures(200, 200, 1, 1, home: Of(attempts, successes, p99)));

    [TestMethod]
    [DataRow("", 18, 17, 1)]
    [DataRow("88.89 % of a household succeeded", 18, 16, 1)]
    [DataRow("0 % of a household succeeded", 0, 0, 1, DisplayName = "nobody tried")]
    public void A_start_of_the_broker_may_cut_one_attempt_of_a_household(string broken, int attempts, int successes, int restarts) =>
        Breaks(broken, Figures(200, 200, 1, 1, home: Of(attempts, successes, 1)) with { Restarts = restarts });

    [TestMethod]
    [DataRow("", 0, 0)]
    [DataRow("", 2, 2, DisplayName = "a broker that is started again drops every session")]
    [DataRow("a session that stood was dropped, 1x", 1, 0)]
    [DataRow("a session that stood was dropped, 3x", 3, 2)]
    public void A_session_that_stood_must_stand(string broken, int drops, int restarts) =>
        Assert.AreEqual(broken, string.Join(' ', (Figures(200, 200, 1, 1) with { Drops = drops, Restarts = restarts }).Broken));

    [TestMethod]
    public void A_line_of_JSON_has_every_figure()
    {
        using var json = JsonDocument.Parse(Figures(200, 197, 12.5, null).ToJson());
        string[] names =
        [
            "attack", "what", "target", "seconds", "legitimate", "recoverySeconds", "brokerCpuSeconds", "brokerMegabytes", "frontCpuSeconds", "frontMegabytes", "alive", "letThrough",
            "heldAtEnd", "attacker", "restarts", "broken", "household", "drops",
        ];
        CollectionAssert.AreEquivalent(names, json.RootElement.EnumerateObject().Select(property => property.Name).ToArray());
        CollectionAssert.AreEquivalent(
            new[] { "attempts", "successes", "p50Ms", "p99Ms", "maxMs", "failures", "successPercent" },
            json.RootElement.GetProperty("legitimate").EnumerateObject().Select(property => property.Name).ToArray());
        Assert.DoesNotContain("\n", Figures(1, 1, 1, 1).ToJson());
    }

    // That one bound and no other; none without a text.
    private static void Breaks(string broken, CheckFigures figures)
    {
        Assert.HasCount(broken.Length == 0 ? 0 : 1, figures.Broken);
        Assert.StartsWith(broken, string.Join(' ', figures.Broken));
    }

    private static CheckFigures Figures(int attempts, int successes, double? p99, double? recovery, int through = 0, bool alive = true, LegitimateFigures? home = null) => new()
    {
        Attack = "a",
        What = "w",
        Target = "kit",
        Seconds = 20,
        Legitimate = Of(attempts, successes, p99),
        Household = home ?? Of(20, 20, 1),
        Drops = 0,
        RecoverySeconds = recovery,
        BrokerCpuSeconds = 0,
        BrokerMegabytes = 0,
        FrontCpuSeconds = 0,
        FrontMegabytes = 0,
        Alive = alive,
        Restarts = 0,
        LetThrough = through,
        HeldAtEnd = 0,
        Attacker = new Dictionary<string, long>(),
    };

    private static LegitimateFigures Of(int attempts, int successes, double? p99) => new(attempts, successes, p99, p99, p99, new Dictionary<string, int>());
}
