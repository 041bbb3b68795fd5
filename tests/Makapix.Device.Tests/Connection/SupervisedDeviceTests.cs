using System;
using System.Linq;
using Makapix.Device.Connection;
using Makapix.Device.Tests.Support;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Device.Tests.Connection;

[TestClass]
public sealed class SupervisedDeviceTests
{
    [TestMethod]
    public void supervisor_does_not_fight_backoff()
    {
        // Two days without a broker, the second of them revoked: waits of up to half an hour, and not one restart.
        var device = new SimulatedDevice(before: d => d.Broker.Refusal = FailureCause.NoRoute).Supervised();
        device.Run(TimeSpan.FromDays(1));
        device.Broker.Refusal = FailureCause.CertificateRefused;
        device.Run(TimeSpan.FromDays(1));
        Assert.IsEmpty(device.Restarts);
        Assert.IsGreaterThan(SlowMode.LeastMs - 1000, device.Broker.Attempts[^1] - device.Broker.Attempts[^2], "it is in slow mode");

        // A step that never ends, in the middle of the worst backoff: restarted, and the backoff stands where it stood.
        device.Broker.Refusal = FailureCause.NoRoute;
        device.Run(TimeSpan.FromHours(3));
        device.Broker.Hangs = true;
        Assert.IsTrue(device.RunUntil(() => device.Restarts.Count == 1));
        long hung = device.Broker.Attempts[^1];
        Assert.IsTrue(device.Restarts[0] - hung is >= Supervisor.StepLimitMs and <= Supervisor.StepLimitMs + Supervisor.SpreadMs + (2 * Supervisor.CheckMs));
        Assert.AreEqual(FailureCause.Stalled, device.Life.LastFailure);
        Assert.AreEqual(1, device.Life.Health.Failures(FailureCause.Stalled));

        // It hangs on: each time a whole window is waited, as without the supervisor. A device that restarts its backoff too would try every three minutes.
        device.Run(TimeSpan.FromDays(1));
        Assert.IsTrue(device.Restarts.Count is > 200 and < 330, $"{device.Restarts.Count} restarts in a day");

        device.Broker.Hangs = false;
        device.Broker.Refusal = FailureCause.None;
        device.Online();
        Assert.AreEqual(0, new StoredNumber(device.Storage, "makapix_restart").Value, "the next power cut finds an ordinary start");
    }

    [TestMethod]
    public void A_fleet_that_hangs_at_once_does_not_restart_at_once()
    {
        long[] restarts = [.. Enumerable.Range(0, 100).Select(i =>
        {
            var device = new SimulatedDevice(new DeviceRandom($"device {i}", 0), before: d => d.Broker.Hangs = true).Supervised();
            device.RunUntil(() => device.Restarts.Count == 1);
            return device.Restarts[0];
        })];

        Assert.IsGreaterThan(10000, restarts.Max() - restarts.Min());
        Assert.IsLessThan(20, restarts.GroupBy(at => at / 1000).Max(g => g.Count()));
    }

    [TestMethod]
    public void A_device_without_storage_restarts_all_the_same()
    {
        var device = new SimulatedDevice(before: d => d.Broker.Hangs = true).Supervised();
        device.Storage.IsMissing = true;

        Assert.IsTrue(device.RunUntil(() => device.Restarts.Count == 3));
        device.Broker.Hangs = false;
        device.Online();
    }

    [TestMethod]
    [DataRow(true, DisplayName = "online")]
    [DataRow(false, DisplayName = "not provisioned")]
    public void tick_counter_that_wraps_after_497_days_is_never_reached(bool provisioned)
    {
        var device = new SimulatedDevice(new DeviceRandom("old", 0), provisioned ? null : Device.Identity.IdentityBlob.Read());
        while (!device.Life.MustRestart())
        {
            device.Life.Step();
            device.Clock.Advance(3_600_000);
        }

        Assert.IsTrue(device.Clock.NowMs / 86_400_000 is >= 299 and <= 361, $"{device.Clock.NowMs / 86_400_000} days");
        Assert.AreEqual(0, new StoredNumber(device.Storage, "makapix_restart").Value, "an ordinary start comes next: nothing has stalled");
    }

    [TestMethod]
    public void A_device_without_an_identity_waits_and_is_left_alone()
    {
        var device = new SimulatedDevice(blob: Device.Identity.IdentityBlob.Read()).Supervised();

        device.Run(TimeSpan.FromDays(1));

        Assert.IsEmpty(device.Restarts);
    }

    [TestMethod]
    public void Power_cut_after_any_number_of_bytes_ever_stored_the_device_comes_up_again()
    {
        for (int bytes = 1; bytes < 40; bytes++)
        {
            var device = new SimulatedDevice(before: d => d.Broker.Hangs = true).Supervised();
            device.Storage.PowerFor = bytes;
            device.Storage.KeepsLength = bytes % 2 == 0;
            device.RunUntil(() => device.Restarts.Count == 2);
            device.Broker.Hangs = false;
            device.Online();
            device.Run(TimeSpan.FromDays(2));

            device.Storage.PowerFor = -1;
            device.Reboot();
            device.Online();
        }
    }

    [TestMethod]
    [DataRow(true, false, DisplayName = "missing")]
    [DataRow(false, true, DisplayName = "full")]
    public void Without_room_to_store_anything_the_device_lives(bool missing, bool full)
    {
        var device = new SimulatedDevice(before: d => (d.Storage.IsMissing, d.Storage.IsFull) = (missing, full)).Online();
        device.Run(TimeSpan.FromDays(3));
        device.Broker.Drop();
        device.RunUntil(() => device.Life.Health.OnlineCount == 2);
        device.Reboot();

        device.Online();
    }
}
