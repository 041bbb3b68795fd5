using System;
using System.Collections.Generic;
using System.Linq;
using Makapix.Cli.Fleet;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.EndToEnd.Tests.Fleet;

/// <summary>The figures of a simulation, from events that were made up.</summary>
[TestClass]
public sealed class FleetTimelineTests
{
    [TestMethod]
    [DataRow(0)]
    [DataRow(-1)]
    public void A_fleet_of_nobody_has_no_figures(int devices) => Assert.Throws<ArgumentOutOfRangeException>(() => new FleetTimeline(devices, []));

    [TestMethod]
    public void Where_nothing_happens_all_is_zero_and_nobody_is_ever_online()
    {
        var timeline = new FleetTimeline(5, []);
        Assert.AreEqual(0, timeline.Count(FleetEventKind.Attempt));
        Assert.AreEqual(0, timeline.Peak(FleetEventKind.Attempt));
        Assert.IsEmpty(timeline.PerSecond(FleetEventKind.Attempt));
        Assert.AreEqual(0, timeline.LateMs99());
        Assert.IsNull(timeline.SecondsUntil(50, 0));
    }

    [TestMethod]
    public void What_was_before_the_kill_does_not_count()
    {
        var timeline = new FleetTimeline(1, [Attempt(0, -1), Online(0, -1), Attempt(0, 0)]);
        Assert.AreEqual(1, timeline.Count(FleetEventKind.Attempt));
        Assert.IsNull(timeline.SecondsUntil(100, 0));
    }

    [TestMethod]
    public void The_peak_is_found_across_the_full_second_in_whatever_order_it_was_taken_down()
    {
        var timeline = new FleetTimeline(9, [Attempt(4, 3000), Attempt(0, 900), Attempt(3, 1899), Attempt(1, 950), Attempt(2, 1050), Attempt(5, 1900)]);
        Assert.AreEqual(4, timeline.Peak(FleetEventKind.Attempt), "900 to 1899; 1900 is a whole second later");
        CollectionAssert.AreEqual(new[] { 2, 3, 0, 1 }, timeline.PerSecond(FleetEventKind.Attempt));
    }

    [TestMethod]
    public void A_histogram_reaches_as_far_as_anything_does()
    {
        var timeline = new FleetTimeline(2, [Attempt(0, 0), Online(0, 2500)]);
        CollectionAssert.AreEqual(new[] { 1, 0, 0 }, timeline.PerSecond(FleetEventKind.Attempt));
        CollectionAssert.AreEqual(new[] { 0, 0, 1 }, timeline.PerSecond(FleetEventKind.Online));
    }

    [TestMethod]
    [DataRow(50, 1.0)]
    [DataRow(51, 2.0)]
    [DataRow(75, 2.0)]
    [DataRow(95, null)]
    [DataRow(100, null)]
    public void A_device_that_never_comes_online_is_missing_from_the_share(int percent, double? seconds)
    {
        var timeline = new FleetTimeline(4, [Online(0, 10_500), Online(1, 11_000), Online(2, 12_000), Attempt(3, 13_000)]);
        Assert.AreEqual(seconds, timeline.SecondsUntil(percent, 10_000));
    }

    [TestMethod]
    public void Who_comes_online_twice_is_one_and_who_is_lost_again_is_none()
    {
        IEnumerable<FleetEvent> flapping = [Online(0, 1000), Offline(0, 2000), Online(0, 3000), Online(0, 3500), Offline(1, 3600), Online(1, 4000)];
        var timeline = new FleetTimeline(2, flapping);
        Assert.AreEqual(1.0, timeline.SecondsUntil(50, 0));
        Assert.AreEqual(4.0, timeline.SecondsUntil(100, 0));
        Assert.IsNull(new FleetTimeline(2, [Online(0, 1000), Offline(0, 1500), Online(1, 2000)]).SecondsUntil(100, 0), "never both at one time");
    }

    [TestMethod]
    public void An_early_bird_is_online_after_no_time_not_before() => Assert.AreEqual(0.0, new FleetTimeline(1, [Online(0, 900)]).SecondsUntil(100, 1000));

    [TestMethod]
    [DataRow(1, 1L)]
    [DataRow(100, 99L)]
    [DataRow(1000, 990L)]
    public void The_worst_hundredth_of_the_attempts_does_not_count_as_lateness(int attempts, long late) =>
        Assert.AreEqual(late, new FleetTimeline(1, Enumerable.Range(1, attempts).Select(i => Attempt(0, i) with { LateMs = i })).LateMs99());

    private static FleetEvent Attempt(int device, long at) => new(device, at, FleetEventKind.Attempt);

    private static FleetEvent Online(int device, long at) => new(device, at, FleetEventKind.Online);

    private static FleetEvent Offline(int device, long at) => new(device, at, FleetEventKind.Offline);
}
