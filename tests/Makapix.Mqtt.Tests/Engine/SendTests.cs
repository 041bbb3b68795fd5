using System;
using System.Linq;
using System.Text;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Mqtt.Tests.Engine;

/// <summary>What goes out: exact bytes, refusals that change nothing, and an outcome for every QoS 1 message.</summary>
[TestClass]
public sealed class SendTests
{
    [TestMethod]
    public void ConnectCarriesWillAndIdentityAndNoPassword()
    {
        var rig = new Rig(options: new MqttOptions("player-é") { KeepAliveSeconds = 300, Will = new MqttWill("w/t", [1, 2, 3], MqttQos.AtLeastOnce, retain: true) });
        rig.Engine.Connect(rig.Now);
        rig.Pump();
        CollectionAssert.AreEqual(
            Wire.Packet(0x10, [0, 4, .. "MQTT"u8, 4, 0b0010_1110, 1, 44, 0, 9, .. "player-é"u8, 0, 3, .. "w/t"u8, 0, 3, 1, 2, 3]), rig.TakeSent());
    }

    [TestMethod]
    [DataRow(1, MqttConnackCode.ProtocolVersion)]
    [DataRow(2, MqttConnackCode.IdentifierRejected)]
    [DataRow(3, MqttConnackCode.ServerUnavailable)]
    [DataRow(4, MqttConnackCode.BadCredentials)]
    [DataRow(5, MqttConnackCode.NotAuthorized)]
    public void ARefusedConnectSaysWhy(int code, MqttConnackCode expected)
    {
        var rig = new Rig();
        rig.Engine.Connect(rig.Now);
        rig.Feed(Wire.Connack(code: code));
        CollectionAssert.AreEqual(new[] { "closed Refused" }, rig.Log);
        Assert.AreEqual(expected, rig.Engine.ConnackCode);
    }

    [TestMethod]
    public void PublishHasItsBytes()
    {
        Rig rig = Rig.Connected();
        Assert.AreEqual(MqttSendResult.Accepted, rig.Publish("€/😀", "hi", MqttQos.AtMostOnce, retain: true));
        Assert.AreEqual(MqttSendResult.Accepted, rig.Publish("a", "", MqttQos.AtLeastOnce));
        rig.Pump();
        CollectionAssert.AreEqual(Wire.Join(Wire.Publish("€/😀", "hi"u8.ToArray(), retain: true), Wire.Publish("a", [], id: 1)), rig.TakeSent());
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("a/+")]
    [DataRow("#")]
    [DataRow("a\0")]
    public void ATopicThatTheBrokerWouldHangUpOnIsRefused(string topic) => Refuses(topic);

    [TestMethod]
    public void ATopicThatIsNoTextIsRefusedNotMended()
    {
        // Not as data rows: attributes are stored as UTF-8, which cannot hold these.
        foreach (string topic in new[] { "lone\uD800", "lone\uDC00", "\uDC00\uD800swapped", "\uD800\uD800\uDC00" })
        {
            Refuses(topic);
        }
    }

    [TestMethod]
    [DataRow("a", true)]
    [DataRow("#", true)]
    [DataRow("+", true)]
    [DataRow("a/#", true)]
    [DataRow("+/a/+", true)]
    [DataRow("/", true)]
    [DataRow("", false)]
    [DataRow("a#", false)]
    [DataRow("#/a", false)]
    [DataRow("a/#/b", false)]
    [DataRow("a+", false)]
    [DataRow("+a", false)]
    [DataRow("a/b+/c", false)]
    [DataRow("a\0", false)]
    public void FiltersFollow47(string filter, bool valid)
    {
        Rig rig = Rig.Connected();
        Assert.AreEqual(valid ? MqttSendResult.Accepted : MqttSendResult.InvalidTopic, rig.Engine.Subscribe(["ok", filter], MqttQos.AtMostOnce, rig.Now));
    }

    [TestMethod]
    public void OneMessageIsInFlightAndASecondIsRefusedByReturnValue()
    {
        Rig rig = Rig.Connected();
        Assert.AreEqual(MqttSendResult.Accepted, rig.Publish("a", "1"));
        Assert.AreEqual(MqttSendResult.Busy, rig.Publish("a", "2"));
        Assert.AreEqual(MqttSendResult.Accepted, rig.Publish("a", "0", MqttQos.AtMostOnce));
        rig.Feed(Wire.Puback(1));
        Assert.AreEqual(MqttSendResult.Accepted, rig.Publish("a", "2"));
        CollectionAssert.AreEqual(new[] { "published Acknowledged" }, rig.Log);
    }

    [TestMethod]
    public void ARefusedSecondSubscribeLeavesTheFirstAsItWas()
    {
        Rig rig = Rig.Connected();
        Assert.AreEqual(MqttSendResult.Accepted, rig.Engine.Subscribe(["a"], MqttQos.AtLeastOnce, rig.Now));
        Assert.AreEqual(MqttSendResult.Busy, rig.Engine.Subscribe(["a", "b"], MqttQos.AtMostOnce, rig.Now));
        Assert.AreEqual(MqttSendResult.Busy, rig.Engine.Unsubscribe(["a"], rig.Now));
        rig.Feed(Wire.Suback(1, 1));
        CollectionAssert.AreEqual(new[] { "subscribed 01" }, rig.Log);
    }

    [TestMethod]
    public void WhatCanNeverFitIsTooLargeAndWhatDoesNotFitNowIsBufferFull()
    {
        Rig rig = Rig.Connected();
        int largest = Rig.PacketCap - 2 - 3;
        Assert.AreEqual(MqttSendResult.TooLarge, rig.Publish("a", new string('x', largest + 1), MqttQos.AtMostOnce));
        Assert.AreEqual(MqttSendResult.Accepted, rig.Publish("a", new string('x', largest), MqttQos.AtMostOnce));
        Assert.AreEqual(MqttSendResult.BufferFull, rig.Publish("a", "x", MqttQos.AtMostOnce));
        rig.Pump();
        Assert.HasCount(Rig.PacketCap, rig.TakeSent());
        Assert.AreEqual(MqttSendResult.Accepted, rig.Publish("a", "x", MqttQos.AtMostOnce));
        Assert.AreEqual(MqttSendResult.TooLarge, rig.Engine.Subscribe([.. Enumerable.Repeat("a", MqttEngine.MaxFilters + 1)], MqttQos.AtMostOnce, rig.Now));
    }

    [TestMethod]
    public void NothingIsSentWithoutASession()
    {
        var rig = new Rig();
        Assert.AreEqual(MqttSendResult.NotConnected, rig.Publish("a", "x"));
        rig.Engine.Connect(rig.Now);
        Assert.AreEqual(MqttSendResult.NotConnected, rig.Engine.Subscribe(["a"], MqttQos.AtMostOnce, rig.Now));
        Assert.ThrowsExactly<InvalidOperationException>(() => rig.Engine.Connect(rig.Now));
        rig.Engine.ConnectionLost();
        Assert.AreEqual(MqttSendResult.NotConnected, rig.Engine.Unsubscribe(["a"], rig.Now));
        Assert.ThrowsExactly<InvalidOperationException>(() => rig.Engine.Connect(rig.Now), "the end was not yet taken");
    }

    [TestMethod]
    public void ABrokenSessionSendsNoDisconnectSoThatTheWillIsPublished()
    {
        Rig rig = Rig.Connected();
        rig.Publish("a", "x", MqttQos.AtMostOnce);
        byte[] broken = [0xF0];
        rig.Engine.Receive(broken, 0, 1, rig.Now);
        Assert.AreEqual(0, rig.Engine.OutgoingCount);
    }

    [TestMethod]
    public void SentInPiecesIsSentWhole()
    {
        Rig rig = Rig.Connected();
        var sent = new System.IO.MemoryStream();
        var expected = new System.IO.MemoryStream();
        for (int i = 0; i < 500; i++)
        {
            string payload = new((char)('a' + (i % 26)), i % 50);
            if (rig.Publish("t", payload, MqttQos.AtMostOnce) == MqttSendResult.Accepted)
            {
                expected.Write(Wire.Publish("t", Encoding.ASCII.GetBytes(payload)));
            }

            int count = Math.Min(rig.Engine.OutgoingCount, i % 37);
            sent.Write(rig.Engine.Outgoing, rig.Engine.OutgoingOffset, count);
            rig.Engine.Sent(count);
        }

        rig.Pump();
        sent.Write(rig.TakeSent());
        CollectionAssert.AreEqual(expected.ToArray(), sent.ToArray());
    }

    [TestMethod]
    public void PacketIdentifiersGoAroundWithoutZeroAndWithoutTheOneInFlight()
    {
        Rig rig = Rig.Connected();
        rig.Engine.Subscribe(["a"], MqttQos.AtLeastOnce, rig.Now);
        for (int i = 2; i <= 65_535; i++)
        {
            Assert.AreEqual(MqttSendResult.Accepted, rig.Publish("t", ""));
            rig.Feed(Wire.Puback(i));
        }

        rig.TakeSent();
        rig.Publish("t", "");
        rig.Feed(Wire.Puback(2));
        CollectionAssert.AreEqual(Wire.Publish("t", [], id: 2), rig.TakeSent());
        rig.Feed(Wire.Suback(1, 1));
        Assert.AreEqual("subscribed 01", rig.Log[^1]);
    }

    [TestMethod]
    public void EveryAcceptedMessageGetsExactlyOneOutcome()
    {
        var random = new Random(42);
        int accepted = 0;
        int id = 0;
        var rig = new Rig();
        for (int step = 0; step < 50_000; step++)
        {
            switch (random.Next(12))
            {
                case 0 when rig.Engine.State == MqttState.Connected:
                    rig.Engine.Disconnect();
                    break;
                case 1:
                    rig.Engine.ConnectionLost();
                    break;
                case 2:
                    rig.Advance(random.Next(3_000));
                    break;
                case < 7 when rig.Engine.State == MqttState.Connected && rig.Publish("t", "x") == MqttSendResult.Accepted:
                    accepted++;
                    rig.Pump();
                    byte[] sent = rig.TakeSent();
                    id = (sent[^3] << 8) | sent[^2];
                    break;
                case < 10 when id != 0 && rig.Engine.State == MqttState.Connected:
                    rig.Feed(Wire.Puback(id));
                    id = 0;
                    break;
            }

            rig.Pump();
            if (rig.Engine.State is MqttState.Idle or MqttState.Closed)
            {
                Assert.AreEqual(accepted, rig.Log.Count(line => line.StartsWith("published ", StringComparison.Ordinal)));
                id = 0;
                rig.Engine.Connect(rig.Now);
                rig.Feed(Wire.Connack());
                rig.TakeSent();
            }
        }

        Assert.IsGreaterThan(1_000, accepted);
        foreach (MqttPublishOutcome outcome in Enum.GetValues<MqttPublishOutcome>())
        {
            Assert.Contains($"published {outcome}", rig.Log);
        }
    }

    private static void Refuses(string topic)
    {
        Rig rig = Rig.Connected();
        Assert.AreEqual(MqttSendResult.InvalidTopic, rig.Publish(topic, "x"));
        rig.Pump();
        Assert.IsEmpty(rig.TakeSent());
    }
}
