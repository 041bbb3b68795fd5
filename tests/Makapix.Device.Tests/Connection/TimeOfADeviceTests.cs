using System;
using System.Collections.Generic;
using System.Linq;
using Makapix.Device.Connection;
using Makapix.Device.Tests.Support;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Device.Tests.Connection;

[TestClass]
public sealed class TimeOfADeviceTests
{
    [TestMethod]
    public void Several_servers_are_asked_until_one_can_be_believed()
    {
        var device = new SimulatedDevice(before: d =>
        {
            d.World.ServerCount = 3;
            d.World.TimeAnswers = server => server == 2 ? d.World.TrueUnix : 0;
        });

        device.Online();

        CollectionAssert.AreEqual(new[] { 0, 1, 2 }, device.World.Asked);
        Assert.IsTrue(Math.Abs(device.World.Clock - device.World.TrueUnix) < 2);
    }

    [TestMethod]
    [DataRow(0L, DisplayName = "no answer")]
    [DataRow(1000000000L, DisplayName = "2001")]
    [DataRow(1767225599L, DisplayName = "a second before this firmware's year")]
    [DataRow(7258118400L, DisplayName = "2200, past the certificate's end")]
    [DataRow(long.MaxValue)]
    [DataRow(long.MinValue)]
    public void No_time_that_can_be_believed_no_TLS(long answer)
    {
        var device = new SimulatedDevice(before: d => d.World.TimeAnswers = _ => answer);

        device.Run(TimeSpan.FromHours(1));

        Assert.AreEqual(FailureCause.NoTime, device.Life.LastFailure);
        Assert.IsEmpty(device.Broker.Attempts);
        Assert.AreEqual(0, device.World.Clock);
    }

    [TestMethod]
    public void A_time_before_the_identity_was_issued_is_not_believed()
    {
        var device = new SimulatedDevice(before: d => d.World.TimeAnswers = _ => FakeWorld.StartUnix - 7200);

        device.Run(TimeSpan.FromMinutes(10));

        Assert.AreEqual(FailureCause.NoTime, device.Life.LastFailure);
    }

    [TestMethod]
    public void A_time_before_the_last_session_is_not_believed_even_after_a_restart()
    {
        var device = new SimulatedDevice(before: d =>
        {
            Floor(d).Save(FakeWorld.StartUnix + 1_000_000);
            d.World.TimeAnswers = _ => FakeWorld.StartUnix + 999_999;
        });

        device.Run(TimeSpan.FromMinutes(10));

        Assert.AreEqual(FailureCause.NoTime, device.Life.LastFailure);
    }

    [TestMethod]
    public void A_damaged_floor_past_the_certificate_does_not_lock_the_device_out()
    {
        var device = new SimulatedDevice(before: d => Floor(d).Save(long.MaxValue));

        device.Online();
    }

    [TestMethod]
    public void sntp_far_future_then_truth_recovers()
    {
        // A lie within the limits is believed, and makes the broker's certificate look expired.
        var device = new SimulatedDevice(before: d =>
        {
            d.World.ServerCount = 2;
            d.World.TimeAnswers = server => server == 0 ? d.World.TrueUnix + 157_680_000 : d.World.TrueUnix;
            d.Broker.Refusal = FailureCause.Untrusted;
        });
        device.RunUntil(() => device.Broker.Attempts.Count == 1);
        device.Broker.Refusal = FailureCause.None;

        device.Online();

        CollectionAssert.AreEqual(new[] { 0, 1, 1, 0 }, device.World.Asked, "the second time, somebody else is asked first");
        Assert.AreEqual(ConnectionState.Online, device.Life.State);
        Assert.IsTrue(Floor(device).Value <= device.World.TrueUnix, "the lie never became the floor");
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(2)]
    public void sntp_lie_within_both_certificates_does_not_make_the_device_deaf(int liar)
    {
        // TLS succeeds at the false time: neither certificate's validity shows the lie.
        var device = new SimulatedDevice(before: d =>
        {
            d.World.ServerCount = 3;
            d.World.TimeAnswers = server => d.World.TrueUnix + (server == liar ? 300 * 86400 : 0);
        }).Online();

        AssertHears(device);
        Assert.IsTrue(Math.Abs(device.World.Clock - device.World.TrueUnix) < 60);
    }

    [TestMethod]
    public void sntp_lie_that_nobody_contradicted_is_overruled_as_soon_as_two_others_answer()
    {
        bool reachable = false;
        var device = new SimulatedDevice(before: d =>
        {
            d.World.ServerCount = 3;
            d.World.TimeAnswers = server => server == 0 ? d.World.TrueUnix + (300 * 86400) : reachable ? d.World.TrueUnix : 0;
        }).Online();
        Assert.IsGreaterThan(device.World.TrueUnix, device.World.Clock);
        Assert.AreEqual(0, Floor(device).Value, "one server's word moves no floor");

        reachable = true;
        device.Run(TimeSpan.FromHours(1));

        AssertHears(device);
        Assert.AreEqual(1, device.Life.Health.OnlineCount, "in the same session");
        device.Reboot();
        device.Online();
        AssertHears(device);
    }

    [TestMethod]
    public void A_floor_that_was_lied_up_locks_no_device_out()
    {
        var device = new SimulatedDevice(before: d =>
        {
            d.World.ServerCount = 3;
            Floor(d).Save(FakeWorld.StartUnix + (300 * 86400));
        });

        device.Online();

        AssertHears(device);
        Assert.IsTrue(Math.Abs(Floor(device).Value - device.World.TrueUnix) < 60);
    }

    [TestMethod]
    public void platform_sntp_that_sets_the_clock_when_the_network_comes_back_does_not_reach_TLS()
    {
        var off = new List<long>();
        var device = new SimulatedDevice(before: d =>
        {
            d.World.ClockAfterJoining = 4_000_000_000;
            d.Broker.Opening = () => off.Add(Math.Abs(d.World.Clock - d.World.TrueUnix));
        });

        for (int session = 1; session <= 5; session++)
        {
            Assert.IsTrue(device.RunUntil(() => device.Life.Health.OnlineCount == session));
            device.Run(TimeSpan.FromDays(1));
            device.Broker.Drop();
        }

        Assert.HasCount(5, off);
        Assert.IsTrue(off.All(seconds => seconds < 2), string.Join(' ', off));
    }

    [TestMethod]
    public void The_floor_moves_with_sessions_only_and_at_most_once_a_day()
    {
        var device = new SimulatedDevice(before: d => d.World.ServerCount = 3).Online();
        for (int hour = 0; hour < 72; hour++)
        {
            device.Run(TimeSpan.FromHours(1));
            device.Broker.Drop();
            device.RunUntil(() => device.Life.State == ConnectionState.Online);
        }

        Assert.IsTrue(device.Storage.Writes is 2 or 3, $"{device.Storage.Writes} writes");
        Assert.IsTrue(device.World.TrueUnix - Floor(device).Value < 25 * 3600);
    }

    private static void AssertHears(SimulatedDevice device)
    {
        int value = device.Brightness.Value == 80 ? 81 : 80;
        device.Broker.Deliver(device.Topic("/command"), device.Command($"{value}"));
        device.Run(TimeSpan.FromSeconds(5));
        Assert.AreEqual(value, device.Brightness.Value, "a fresh command is a fresh one");
    }

    private static StoredNumber Floor(SimulatedDevice device) => new(device.Storage, "makapix_time");
}
