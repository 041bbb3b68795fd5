using System;
using System.Linq;
using Makapix.Device.Connection;
using Makapix.Device.Tests.Support;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Device.Tests.Connection;

[TestClass]
public sealed class BackoffTests
{
    [TestMethod]
    public void The_window_doubles_from_one_second_to_five_minutes_and_stays()
    {
        var backoff = new Backoff(new FakeRandom(1));

        int[] delays = [.. Enumerable.Range(0, 12).Select(_ => backoff.AfterFailure(0))];

        CollectionAssert.AreEqual(new[] { 1000, 2000, 4000, 8000, 16000, 32000, 64000, 128000, 256000, 300000, 300000, 300000 }, delays);
    }

    [TestMethod]
    public void A_million_attempts_overflow_nothing()
    {
        var backoff = new Backoff(new DeviceRandom("x", 1));

        for (int i = 0; i < 1_000_000; i++)
        {
            int delay = backoff.AfterFailure(i % 3);
            Assert.IsTrue(delay is >= 0 and <= Backoff.CapMs);
        }
    }

    [TestMethod]
    public void Jitter_is_full_every_tenth_of_the_window_gets_its_share()
    {
        var random = new DeviceRandom("x", 1);
        int[] tenths = new int[10];
        for (int i = 0; i < 10000; i++)
        {
            tenths[Math.Min(9, new Backoff(random).AfterFailure(0) / 100)]++;
        }

        Assert.IsTrue(tenths.All(n => n is > 850 and < 1150), string.Join(' ', tenths));
    }

    [TestMethod]
    [DataRow(0L, 8000)]
    [DataRow(3000L, 5000)]
    [DataRow(8000L, 0)]
    [DataRow(long.MaxValue, 0, DisplayName = "an attempt without end")]
    public void What_the_attempt_took_is_part_of_the_wait(long spent, int delay)
    {
        var backoff = new Backoff(new FakeRandom(1));
        for (int i = 0; i < 3; i++)
        {
            backoff.AfterFailure(0);
        }

        Assert.AreEqual(delay, backoff.AfterFailure(spent));
    }

    [TestMethod]
    public void After_a_lost_session_the_first_wait_is_spread_over_fifteen_seconds()
    {
        int[] delays = [.. Enumerable.Range(0, 3000).Select(i => new Backoff(new DeviceRandom($"device {i}", 0)).AfterSession(Backoff.StableMs))];

        Assert.IsTrue(delays.All(d => d is >= 0 and <= 15000));
        for (int second = 0; second < 15; second++)
        {
            int inSecond = delays.Count(d => d / 1000 == second);
            Assert.IsTrue(inSecond is > 120 and < 280, $"second {second}: {inSecond} of 3000");
        }
    }

    [TestMethod]
    public void After_the_spread_the_window_goes_on_growing()
    {
        var backoff = new Backoff(new FakeRandom(1));

        Assert.AreEqual(15000, backoff.AfterSession(Backoff.StableMs));
        Assert.AreEqual(16000, backoff.AfterFailure(0));
        Assert.AreEqual(32000, backoff.AfterFailure(0));
    }

    [TestMethod]
    [DataRow(59_999L, 128000, DisplayName = "a broker that accepts and hangs up is not hammered")]
    [DataRow(60_000L, 15000)]
    public void Only_a_session_of_a_minute_counts_as_success(long onlineMs, int delay)
    {
        var backoff = new Backoff(new FakeRandom(1));
        for (int i = 0; i < 7; i++)
        {
            backoff.AfterFailure(0);
        }

        Assert.AreEqual(delay, backoff.AfterSession(onlineMs));
    }

    [TestMethod]
    public void Two_devices_with_the_same_clock_wait_differently_and_so_does_one_after_a_restart()
    {
        int[] Delays(string id, long entropy)
        {
            var backoff = new Backoff(new DeviceRandom(id, entropy));
            return [.. Enumerable.Range(0, 8).Select(_ => backoff.AfterFailure(0))];
        }

        CollectionAssert.AreNotEqual(Delays("a", 1), Delays("b", 1));
        CollectionAssert.AreNotEqual(Delays("a", 1), Delays("a", 2));
        CollectionAssert.AreEqual(Delays("a", 1), Delays("a", 1));
    }
}
