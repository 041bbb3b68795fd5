using System;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Mqtt.Tests.Engine;

/// <summary>Options that cannot be are refused before a buffer is allocated.</summary>
[TestClass]
public sealed class OptionsTests
{
    [TestMethod]
    [DataRow("")]
    [DataRow("nul\0")]
    public void ClientIdMustBeText(string id) => Assert.Throws<ArgumentException>(() => new MqttEngine(new MqttOptions(id)));

    [TestMethod]
    public void EveryNumberHasItsRange()
    {
        MqttOptions[] wrong =
        [
            new("d") { KeepAliveSeconds = 0 },
            new("d") { KeepAliveSeconds = 65_536 },
            new("d") { MaxIncomingTopicBytes = 0 },
            new("d") { MaxIncomingTopicBytes = 65_536 },
            new("d") { MaxIncomingPayloadBytes = -1 },
            new("d") { MaxIncomingPayloadBytes = 268_435_456 },
            new("d") { MaxOutgoingPacketBytes = 63 },
            new("d") { MaxOutgoingPacketBytes = (1 << 20) + 1 },
            new("d") { ConnackTimeoutMilliseconds = 0 },
            new("d") { AckTimeoutMilliseconds = 0 },
            new("d") { PingTimeoutMilliseconds = 0 },
            new(new string('d', 5_000)),
            new("d") { Will = new MqttWill("t", new byte[5_000], MqttQos.AtMostOnce, false) },
        ];
        for (int i = 0; i < wrong.Length; i++)
        {
            Assert.Throws<ArgumentException>(() => new MqttEngine(wrong[i]), $"case {i}");
        }
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("a/#")]
    public void AWillNeedsATopic(string topic) => Assert.Throws<ArgumentException>(() => new MqttWill(topic, [], MqttQos.AtMostOnce, false));

    [TestMethod]
    public void AWillKeepsItsOwnPayload()
    {
        byte[] payload = [1];
        var rig = new Rig(options: new MqttOptions("d") { Will = new MqttWill("t", payload, MqttQos.AtMostOnce, false) });
        payload[0] = 2;
        rig.Engine.Connect(rig.Now);
        rig.Pump();
        Assert.AreEqual(1, rig.TakeSent()[^1]);
    }
}
