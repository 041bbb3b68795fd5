using System;
using System.Text;
using Makapix.Device.Connection;
using Makapix.Device.Payloads;
using Makapix.Device.Tests.Support;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Device.Tests.Connection;

/// <summary>A day on a network that nobody would wish for, in seconds.</summary>
[TestClass]
[DoNotParallelize]
public sealed class DayOfFaultsTests
{
    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    public void Twenty_four_hours_of_faults_end_online_with_memory_flat(int seed)
    {
        var faults = new Random(seed);
        var device = new SimulatedDevice(new DeviceRandom("day", seed), before: d => d.World.ServerCount = 3).Supervised().Online();
        Hour(device, faults);
        long before = Memory();

        for (int hour = 1; hour < 24; hour++)
        {
            Hour(device, faults);
        }

        device.Broker.Refusal = FailureCause.None;
        device.Broker.IsFrozen = false;
        device.World.HasNetwork = true;
        device.World.TimeAnswers = null;
        Assert.IsTrue(device.RunUntil(() => device.Life.State == ConnectionState.Online));
        device.Run(TimeSpan.FromMinutes(3));
        Assert.AreEqual(ConnectionState.Online, device.Life.State);
        int published = device.Broker.Published.Count;
        device.Run(TimeSpan.FromMinutes(10));
        Assert.IsGreaterThan(published + 18, device.Broker.Published.Count, "and its heart beats");
        Assert.IsGreaterThan(20, device.Life.Health.OnlineCount + device.Restarts.Count);
        int judged = device.Life.Health.Rejected(RejectCause.Syntax);
        int unread = device.Life.Health.Rejected(RejectCause.Flood);
        Assert.IsGreaterThan(1000, judged + unread);
        Assert.IsGreaterThan(100, judged, "garbage within the budget is looked at");
        Assert.IsGreaterThan(judged, unread, "and the rest of a flood is not");
        Forget(device);
        long grown = Memory() - before;
        Assert.IsLessThan(64 * 1024, grown, $"{grown} bytes more than after the first hour");
        GC.KeepAlive(device);
    }

    private static void Hour(SimulatedDevice device, Random faults)
    {
        for (int minute = 0; minute < 60; minute += 5)
        {
            device.Broker.Refusal = FailureCause.None;
            device.Broker.IsFrozen = false;
            device.World.HasNetwork = true;
            device.World.TimeAnswers = null;
            switch (faults.Next(8))
            {
                case 0:
                    device.Broker.Refusal = FailureCause.NoRoute;
                    device.Broker.Drop();
                    break;
                case 1:
                    device.Broker.Refusal = FailureCause.NoName;
                    device.Broker.Drop();
                    break;
                case 2:
                    device.Broker.IsFrozen = true;
                    break;
                case 3:
                    device.World.HasNetwork = false;
                    device.Broker.Drop();
                    break;
                case 4:
                    // A lie about the time within the limits, and what it does to certificates.
                    device.World.TimeAnswers = server => server == 0 ? device.World.TrueUnix + 100_000_000 : device.World.TrueUnix;
                    device.Broker.Refusal = FailureCause.Untrusted;
                    device.Broker.Drop();
                    break;
                case 5:
                    device.Broker.Drop();
                    break;
                default:
                    Pour(device, faults);
                    break;
            }

            device.Run(TimeSpan.FromMinutes(5));
        }

        Forget(device);
    }

    private static void Pour(SimulatedDevice device, Random faults)
    {
        var garbage = new byte[600];
        for (int i = 0; i < 200; i++)
        {
            faults.NextBytes(garbage);
            device.Broker.Deliver(device.Topic("/command"), "{" + Encoding.Latin1.GetString(garbage, 0, faults.Next(garbage.Length)));
            device.Broker.Deliver(device.Topic("/command"), device.Command($"{faults.Next(120)}"));
        }

        device.Broker.DeliverOversize();
    }

    // The notes that the test's own world keeps are not the device's.
    private static void Forget(SimulatedDevice device)
    {
        device.Broker.Published.Clear();
        device.Broker.Attempts.Clear();
        device.Broker.Subscriptions.Clear();
        device.Broker.Clear();
        device.World.Asked.Clear();
        device.World.Lines.Clear();
    }

    private static long Memory()
    {
        for (int i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        return GC.GetTotalMemory(true);
    }
}
