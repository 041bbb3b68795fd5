using System;
using System.Linq;
using Makapix.Device.Commands;
using Makapix.Device.Health;
using Makapix.Device.Payloads;
using Makapix.Device.Tests.Support;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Device.Tests.Payloads;

/// <summary>What the device sends keeps to its schemas, which allow no field that they do not name.</summary>
[TestClass]
public sealed class PublishedMessagesTests
{
    private static readonly PlayerControls Everything = new(new FakePause(), new FakeBrightness(), new FakeRotation(), new FakeMirror());
    private static readonly PlayerControls Nothing = new(null, null, null, null);

    [TestMethod]
    public void Capabilities_and_state()
    {
        foreach (PlayerControls controls in new[] { Everything, Nothing })
        {
            AssertValid("capabilities", PresenceMessages.Capabilities(controls));
            AssertValid("state", PresenceMessages.State(controls));
        }
    }

    [TestMethod]
    public void Status_online_and_offline_with_every_cause_counted()
    {
        var health = new HealthCounters();
        AssertValid("status", PresenceMessages.Offline(Guid.NewGuid().ToString()));
        AssertValid("status", PresenceMessages.Online(Guid.NewGuid().ToString(), 0, 0, -1, health));
        foreach (RejectCause cause in Enum.GetValues<RejectCause>().Skip(1))
        {
            Assert.AreNotEqual("none", RejectCauses.Name(cause));
        }

        AssertValid("status", PresenceMessages.Online(Guid.NewGuid().ToString(), long.MaxValue, long.MaxValue, 3650, health));
    }

    [TestMethod]
    public void All_that_a_device_publishes_in_an_eventful_life()
    {
        SimulatedDevice device = new SimulatedDevice().Online();
        foreach (string command in new[] { device.Command("75"), device.Command("1000"), device.Command("\"x\""), "{", device.Command("1").Replace("set_brightness", "dance", StringComparison.Ordinal) })
        {
            device.Broker.Deliver(device.Topic("/command"), command);
        }

        device.Run(TimeSpan.FromMinutes(5));

        Assert.HasCount(4, device.Broker.PublishedTo("/command/ack").ToList());
        foreach (var message in device.Broker.Published)
        {
            string name = message.Topic[(device.Topic("/").Length)..].Replace('/', '-');
            AssertValid(name, System.Text.Encoding.UTF8.GetBytes(message.Payload));
        }
    }

    private static void AssertValid(string schema, byte[] payload)
    {
        var guard = new PayloadGuard(SchemaTables.Find(schema), 1);

        Assert.AreEqual(RejectCause.None, guard.Inspect(payload, 0, payload.Length), $"{schema}, byte {guard.Position}: {System.Text.Encoding.UTF8.GetString(payload)}");
    }
}
