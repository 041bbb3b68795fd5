using System;
using System.Linq;
using Makapix.Device.Connection;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Device.Tests.Connection;

/// <summary>What a fleet does; the backoff of one device is tested in Shared.</summary>
[TestClass]
public sealed class FleetBackoffTests
{
    [TestMethod]
    [DataRow(5_000)]
    [DataRow(10_000)]
    [DataRow(60_000)]
    public void overload_that_takes_equally_long_with_each_device_spreads_the_fleet_all_the_same(int attemptMs)
    {
        // All begin in the same moment, after a power cut.
        Backoff[] fleet = [.. Enumerable.Range(0, 200).Select(i => new Backoff(new DeviceRandom($"device {i}", 0)))];
        long[] at = new long[fleet.Length];
        for (int attempt = 1; attempt <= 9; attempt++)
        {
            long[] waits = [.. fleet.Select(b => (long)b.AfterFailure(attemptMs))];
            at = [.. at.Zip(waits, (begun, wait) => begun + attemptMs + wait)];

            int window = Math.Min(Backoff.CapMs, Backoff.BaseMs << (attempt - 1));
            int counted = Math.Min(attemptMs, Math.Min(window / 2, window - Backoff.BaseMs));
            Assert.IsLessThanOrEqualTo(window - counted, waits.Max(), "what was spent counts");
            int busiest = at.GroupBy(t => t / 1000).Max(g => g.Count());
            Assert.IsTrue(attempt < 4 || busiest < 100, $"attempt {attempt}: {busiest} of 200 in one second");
            Assert.IsTrue(attempt < 6 || busiest < 40, $"attempt {attempt}: {busiest} of 200 in one second");
        }
    }

    [TestMethod]
    public void After_a_lost_session_the_first_wait_is_spread_from_two_to_fifteen_seconds()
    {
        int[] delays = [.. Enumerable.Range(0, 3000).Select(i => new Backoff(new DeviceRandom($"device {i}", 0)).AfterSession(Backoff.StableMs))];

        Assert.IsTrue(delays.All(d => d is >= 2000 and <= 15000));
        for (int second = 2; second < 15; second++)
        {
            int inSecond = delays.Count(d => d / 1000 == second);
            Assert.IsTrue(inSecond is > 150 and < 310, $"second {second}: {inSecond} of 3000");
        }
    }
}
