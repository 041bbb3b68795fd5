using System;
using System.Linq;
using System.Text;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Mqtt.Tests.Engine;

/// <summary>Hostile amounts: nothing grows, nothing is allocated over the caps, nothing stands still.</summary>
[TestClass]
public sealed class BoundsTests
{
    private const int Mb256 = 268_435_455;

    [TestMethod]
    public void A256MegabytePublishIsDiscardedAsItStreamsPastAndAcknowledgedOnce()
    {
        Rig rig = Rig.Connected();
        byte[] head = [0x32, 0xFF, 0xFF, 0xFF, 0x7F, 0, 1, (byte)'t', 0, 5];
        var stream = new byte[64 * 1024];
        rig.Feed(head);
        long left = Mb256 - 5L;
        long before = GC.GetAllocatedBytesForCurrentThread();
        while (left > 0)
        {
            int count = (int)Math.Min(left, stream.Length);
            Assert.AreEqual(count, rig.Engine.Receive(stream, 0, count, rig.Now));
            left -= count;
        }

        Assert.IsLessThan(1024, GC.GetAllocatedBytesForCurrentThread() - before);
        rig.Feed(Wire.Publish("t", "next"u8.ToArray()));
        CollectionAssert.AreEqual(new[] { $"discarded t {Mb256 - 5} AtLeastOnce", "message t next AtMostOnce" }, rig.Log);
        CollectionAssert.AreEqual(Wire.Puback(5), rig.TakeSent());
        Assert.AreEqual(1, rig.Engine.DiscardedMessages);
    }

    [TestMethod]
    public void ATopicOverTheCapIsDiscardedWithItsPayloadAndAcknowledged()
    {
        Rig rig = Rig.Connected();
        rig.Feed(Wire.Publish(new string('t', 65_535), new byte[10], id: 6), 1000);
        CollectionAssert.AreEqual(new[] { "discarded - 10 AtLeastOnce" }, rig.Log);
        CollectionAssert.AreEqual(Wire.Puback(6), rig.TakeSent());
    }

    [TestMethod]
    [DataRow(Rig.TopicCap, Rig.PayloadCap, true)]
    [DataRow(Rig.TopicCap + 1, Rig.PayloadCap, false)]
    [DataRow(Rig.TopicCap, Rig.PayloadCap + 1, false)]
    [DataRow(1, 0, true)]
    public void TheCapsAreExact(int topic, int payload, bool delivered)
    {
        Rig rig = Rig.Connected();
        rig.Feed(Wire.Publish(new string('t', topic), new byte[payload]));
        Assert.AreEqual(delivered, rig.Log.Single().StartsWith("message ", StringComparison.Ordinal));
    }

    [TestMethod]
    public void AFloodThatNobodyTakesIsReadOnePacketFar()
    {
        MqttEngine engine = Rig.Connected().Engine;
        byte[] one = Wire.Publish("t", [1]);
        byte[] flood = [.. Enumerable.Repeat(one, 1000).SelectMany(packet => packet)];
        Assert.AreEqual(one.Length, engine.Receive(flood, 0, flood.Length, 0));
        for (int i = 0; i < 100; i++)
        {
            Assert.AreEqual(0, engine.Receive(flood, one.Length, flood.Length - one.Length, 0));
        }

        Assert.IsNotNull(engine.NextEvent());
        Assert.AreEqual(one.Length, engine.Receive(flood, one.Length, flood.Length - one.Length, 0));
    }

    [TestMethod]
    public void APeerThatNeverReadsIsReadNoFurtherThanItsAcknowledgementsFit()
    {
        Rig rig = Rig.Connected();
        byte[] one = Wire.Publish("t", [1], id: 1);
        int taken = 0;
        for (int i = 0; i < 10_000; i++)
        {
            taken += rig.Engine.Receive(one, 0, one.Length, rig.Now) / one.Length;
            rig.Engine.NextEvent();
        }

        Assert.IsLessThanOrEqualTo((Rig.PacketCap + 64) / 4, taken);
        Assert.IsLessThanOrEqualTo(Rig.PacketCap + 64, rig.Engine.OutgoingCount);

        // It does not escape the ping by not reading, either; and DISCONNECT still has its place.
        rig.Engine.Tick(rig.Now + 45_000);
        rig.Engine.Tick(rig.Now + 48_000);
        Assert.AreEqual(MqttCloseCause.PingTimeout, rig.Engine.CloseCause);
    }

    [TestMethod]
    public void WithTheBufferFullPingAndDisconnectStillFit()
    {
        Rig rig = Rig.Connected();
        while (rig.Publish("t", "x", MqttQos.AtMostOnce) == MqttSendResult.Accepted)
        {
        }

        byte[] one = Wire.Publish("t", [1], id: 1);
        while (rig.Engine.Receive(one, 0, one.Length, rig.Now) > 0)
        {
            rig.Engine.NextEvent();
        }

        rig.Engine.Tick(rig.Now + 45_000);
        rig.Engine.Disconnect();
        rig.Pump();
        CollectionAssert.AreEqual(new byte[] { 0xC0, 0, 0xE0, 0 }, rig.TakeSent()[^4..]);
    }

    [TestMethod]
    public void AFloodOfTinyMessagesAllocatesTheirTopicsAndNothingElse()
    {
        Rig rig = Rig.Connected();
        byte[] flood = [.. Enumerable.Repeat(Wire.Publish("t", [1], id: 3), 100_000).SelectMany(packet => packet)];
        int messages = 0;
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int offset = 0; offset < flood.Length;)
        {
            offset += rig.Engine.Receive(flood, offset, flood.Length - offset, rig.Now);
            while (rig.Engine.NextEvent() is not null)
            {
                messages++;
            }

            rig.Engine.Sent(rig.Engine.OutgoingCount);
        }

        Assert.AreEqual(100_000, messages);
        Assert.IsLessThanOrEqualTo(32L * messages, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [TestMethod]
    public void SessionAfterSessionAllocatesNoBuffers()
    {
        Rig rig = new(options: new MqttOptions("device") { MaxIncomingPayloadBytes = 1 << 20 });
        Session();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            Session();
        }

        Assert.IsLessThan(1 << 20, GC.GetAllocatedBytesForCurrentThread() - before);

        void Session()
        {
            rig.Engine.Connect(rig.Now);
            rig.Engine.Receive(Wire.Connack(), 0, 4, rig.Now);
            rig.Engine.Disconnect();
            while (rig.Engine.NextEvent() is not null)
            {
            }
        }
    }

    [TestMethod]
    public void AfterTheEndEverythingIsTakenAndIgnored()
    {
        Rig rig = Rig.Connected();
        rig.Engine.Disconnect();
        byte[] late = Wire.Publish("t", Encoding.UTF8.GetBytes("late"), id: 1);
        Assert.AreEqual(late.Length, rig.Engine.Receive(late, 0, late.Length, rig.Now));
        rig.Pump();
        CollectionAssert.AreEqual(new[] { "closed Disconnected" }, rig.Log);
        CollectionAssert.AreEqual(new byte[] { 0xE0, 0 }, rig.TakeSent());
    }
}
