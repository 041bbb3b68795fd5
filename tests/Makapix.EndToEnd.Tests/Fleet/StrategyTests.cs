using System.Linq;
using Makapix.Cli.Fleet;
using Makapix.Device.Connection;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.EndToEnd.Tests.Fleet;

/// <summary>What the firmware's backoff is held against is what it says, and every strategy is told the same.</summary>
[TestClass]
public sealed class StrategyTests
{
    [TestMethod]
    public void Plain_exponential_doubles_from_one_second_to_five_minutes_and_begins_anew_after_a_session()
    {
        var policy = new PlainExponential();
        int[] delays = [policy.AfterSession(1), .. Enumerable.Range(0, 12).Select(_ => policy.AfterFailure(5000))];
        CollectionAssert.AreEqual(new[] { 1000, 2000, 4000, 8000, 16_000, 32_000, 64_000, 128_000, 256_000, 300_000, 300_000, 300_000, 300_000 }, delays);
        Assert.AreEqual(1000, policy.AfterSession(0));
    }

    [TestMethod]
    public void A_fixed_delay_is_fixed()
    {
        var policy = new FixedDelay();
        Assert.AreEqual(10_000, policy.AfterSession(0));
        Assert.AreEqual(10_000, policy.AfterFailure(0));
        Assert.AreEqual(10_000, policy.AfterFailure(100_000));
    }

    [TestMethod]
    public void What_is_called_makapix_is_the_firmware_itself() => Assert.IsInstanceOfType<Backoff>(ReconnectStrategy.Find("makapix")!.Create("x"));

    [TestMethod]
    public void The_session_that_the_outage_ends_has_lasted_a_day_and_no_other()
    {
        var told = new RecordingPolicy();
        var policy = new ObservedPolicy(told, new FleetRecorder());
        policy.AfterFailure(7);
        policy.AfterSession(3000);
        policy.AfterSession(4000);
        CollectionAssert.AreEqual(new long[] { 7, 24 * 3600 * 1000, 4000 }, told.Told);
    }
}
