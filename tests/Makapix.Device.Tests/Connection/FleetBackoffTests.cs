using System.Linq;
using Makapix.Device.Connection;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Device.Tests.Connection;

/// <summary>What a fleet does; the backoff of one device is tested in Shared.</summary>
[TestClass]
public sealed class FleetBackoffTests
{
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
}
