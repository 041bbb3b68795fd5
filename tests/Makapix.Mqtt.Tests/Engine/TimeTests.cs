using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Mqtt.Tests.Engine;

/// <summary>Keep-alive and timeouts, on a clock that the test moves.</summary>
[TestClass]
public sealed class TimeTests
{
    private static readonly byte[] Pingreq = [0xC0, 0];

    [TestMethod]
    public void APingIsDueThreeQuartersOfTheKeepAliveAfterTheLastProof()
    {
        Rig rig = Rig.Connected();
        Assert.AreEqual(rig.Now + 45_000, rig.Engine.NextDeadline);
        rig.Advance(44_999);
        Assert.IsEmpty(rig.TakeSent());
        rig.Advance(1);
        CollectionAssert.AreEqual(Pingreq, rig.TakeSent());
        rig.Advance(2_000);
        rig.Feed(Wire.Pingresp());
        Assert.AreEqual(rig.Now + 45_000, rig.Engine.NextDeadline);
        rig.Advance(45_000);
        CollectionAssert.AreEqual(Pingreq, rig.TakeSent());
    }

    [TestMethod]
    public void AcknowledgementsDoNotPutThePingOff()
    {
        Rig rig = Rig.Connected();
        for (int id = 1; id <= 45; id++)
        {
            rig.Publish("t", "x");
            rig.Feed(Wire.Puback(id));
            rig.TakeSent();
            rig.Advance(1_000);
        }

        CollectionAssert.AreEqual(Pingreq, rig.TakeSent());
    }

    [TestMethod]
    public void ABrokerThatFrozeIsNoticedByAClientThatOnlyPublishes()
    {
        Rig rig = Rig.Connected();
        long start = rig.Now;
        while (rig.Engine.State == MqttState.Connected && rig.Now < start + 600_000)
        {
            rig.Publish("t", "still here", MqttQos.AtMostOnce);
            rig.Advance(1_000);
        }

        Assert.AreEqual(MqttCloseCause.PingTimeout, rig.Engine.CloseCause);
        Assert.AreEqual(start + 48_000, rig.Now);
    }

    [TestMethod]
    public void TrafficFromTheServerIsNoProofOfLife()
    {
        // A proxy, or an attacker with a recording, can keep sending; only an answer answers.
        Rig rig = Rig.Connected();
        long start = rig.Now;
        while (rig.Engine.State == MqttState.Connected && rig.Now < start + 600_000)
        {
            rig.Feed(Wire.Publish("t", [1]));
            rig.Advance(1_000);
        }

        Assert.AreEqual(MqttCloseCause.PingTimeout, rig.Engine.CloseCause);
    }

    [TestMethod]
    public void AServerThatDripsAPacketForEverIsLeft()
    {
        Rig rig = Rig.Connected();
        rig.Feed([0x30, 0xFF, 0xFF, 0xFF, 0x7F, 0, 1, (byte)'t']);
        long start = rig.Now;
        while (rig.Engine.State == MqttState.Connected && rig.Now < start + 600_000)
        {
            rig.Feed([0]);
            rig.Advance(100);
        }

        Assert.AreEqual(start + 48_000, rig.Now);
        Assert.AreEqual(MqttCloseCause.PingTimeout, rig.Engine.CloseCause);
    }

    [TestMethod]
    public void ConnackHasItsTime()
    {
        var rig = new Rig();
        rig.Engine.Connect(rig.Now);
        Assert.AreEqual(rig.Now + 5_000, rig.Engine.NextDeadline);
        rig.Advance(4_999);
        Assert.AreEqual(MqttState.Connecting, rig.Engine.State);
        rig.Advance(1);
        CollectionAssert.AreEqual(new[] { "closed ConnackTimeout" }, rig.Log);
        Assert.AreEqual(MqttEngine.NoDeadline, rig.Engine.NextDeadline);
    }

    [TestMethod]
    public void APubackThatDoesNotComeIsReportedAndEndsTheSession()
    {
        Rig rig = Rig.Connected();
        rig.Publish("t", "x");
        Assert.AreEqual(rig.Now + 4_000, rig.Engine.NextDeadline);
        rig.Advance(3_999);
        Assert.IsEmpty(rig.Log);
        rig.Advance(1);
        CollectionAssert.AreEqual(new[] { "published TimedOut", "closed AckTimeout" }, rig.Log);
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void ASubackOrUnsubackThatDoesNotComeEndsTheSession(bool subscribe)
    {
        Rig rig = Rig.Connected();
        Assert.AreEqual(MqttSendResult.Accepted, subscribe ? rig.Engine.Subscribe(["a"], MqttQos.AtLeastOnce, rig.Now) : rig.Engine.Unsubscribe(["a"], rig.Now));
        rig.Advance(1_000);
        rig.Publish("t", "x");
        rig.Advance(2_999);
        Assert.IsEmpty(rig.Log);
        rig.Advance(1);
        CollectionAssert.AreEqual(new[] { "published ConnectionLost", "closed AckTimeout" }, rig.Log);
    }

    [TestMethod]
    public void ATimeoutBehindAnUntakenMessageLosesNeither()
    {
        Rig rig = Rig.Connected();
        rig.Publish("t", "x");
        byte[] message = Wire.Publish("t", [(byte)'m']);
        rig.Engine.Receive(message, 0, message.Length, rig.Now);
        rig.Advance(4_000);
        CollectionAssert.AreEqual(new[] { "message t m AtMostOnce", "published TimedOut", "closed AckTimeout" }, rig.Log.ToArray());
    }
}
