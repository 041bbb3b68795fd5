using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Mqtt.Tests.Engine;

/// <summary>A host as the engine's documentation draws it, with a clock that only the test moves and a log of what came out.</summary>
internal sealed class Rig
{
    public const int TopicCap = 16;
    public const int PayloadCap = 32;
    public const int PacketCap = 128;

    private readonly Action<Rig, MqttEvent>? _react;

    public Rig(Action<Rig, MqttEvent>? react = null, MqttOptions? options = null)
    {
        _react = react;
        Engine = new MqttEngine(options ?? Options());
    }

    public MqttEngine Engine { get; }

    public long Now { get; set; } = 1_000_000;

    public List<string> Log { get; } = [];

    public MemoryStream Sent { get; } = new();

    public static MqttOptions Options() => new("device")
    {
        KeepAliveSeconds = 60,
        MaxIncomingTopicBytes = TopicCap,
        MaxIncomingPayloadBytes = PayloadCap,
        MaxOutgoingPacketBytes = PacketCap,
        ConnackTimeoutMilliseconds = 5_000,
        AckTimeoutMilliseconds = 4_000,
        PingTimeoutMilliseconds = 3_000,
    };

    /// <summary>A rig whose session the server has accepted, with the log and what was sent so far forgotten.</summary>
    public static Rig Connected(Action<Rig, MqttEvent>? react = null, MqttOptions? options = null)
    {
        var rig = new Rig(react, options);
        rig.Engine.Connect(rig.Now);
        rig.Feed(Wire.Connack());
        Assert.AreEqual(MqttState.Connected, rig.Engine.State);
        rig.Log.Clear();
        rig.Sent.SetLength(0);
        return rig;
    }

    public byte[] TakeSent()
    {
        byte[] sent = Sent.ToArray();
        Sent.SetLength(0);
        return sent;
    }

    public MqttSendResult Publish(string topic, string payload, MqttQos qos = MqttQos.AtLeastOnce, bool retain = false)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(payload);
        return Engine.Publish(topic, bytes, 0, bytes.Length, qos, retain, Now);
    }

    public void Advance(long milliseconds)
    {
        Now += milliseconds;
        Engine.Tick(Now);
        Pump();
    }

    /// <summary>Feeds bytes in pieces of a size. Fails if the engine stands still with nothing in its way.</summary>
    public void Feed(byte[] bytes, int piece = int.MaxValue)
    {
        Pump();
        for (int offset = 0; offset < bytes.Length;)
        {
            int taken = Engine.Receive(bytes, offset, Math.Min(piece, bytes.Length - offset), Now);
            Assert.IsGreaterThan(0, taken, "stands still with no event waiting and nothing to send");
            offset += taken;
            Pump();
        }
    }

    public void Pump()
    {
        while (Engine.NextEvent() is { } happened)
        {
            Log.Add(Describe(happened));
            _react?.Invoke(this, happened);
        }

        Assert.IsLessThanOrEqualTo(PacketCap + 64, Engine.OutgoingCount, "queued over the cap");
        Sent.Write(Engine.Outgoing, Engine.OutgoingOffset, Engine.OutgoingCount);
        Engine.Sent(Engine.OutgoingCount);
    }

    private static string Describe(MqttEvent e)
    {
        switch (e.Kind)
        {
            case MqttEventKind.Message:
                Assert.IsLessThanOrEqualTo(PayloadCap, e.PayloadLength);
                Assert.IsLessThanOrEqualTo(TopicCap, Encoding.UTF8.GetByteCount(e.Topic!));
                return $"message {e.Topic} {Encoding.Latin1.GetString(e.Payload, 0, e.PayloadLength)} {e.Qos}{(e.Retain ? " retain" : "")}{(e.Duplicate ? " dup" : "")}";
            case MqttEventKind.MessageDiscarded:
                return $"discarded {e.Topic ?? "-"} {e.PayloadLength} {e.Qos}";
            case MqttEventKind.Published:
                return $"published {e.Outcome}";
            case MqttEventKind.Subscribed:
                return $"subscribed {Convert.ToHexString(e.Grants)}";
            case MqttEventKind.Closed:
                return $"closed {e.Cause}";
            default:
                return e.Kind.ToString().ToLowerInvariant();
        }
    }
}
