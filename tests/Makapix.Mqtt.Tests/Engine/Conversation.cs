using System.Text;

namespace Makapix.Mqtt.Tests.Engine;

/// <summary>A whole session with every packet a server may send: what it sends, how the client reacts, and what must come of it.</summary>
internal static class Conversation
{
    public static readonly byte[] Server = Wire.Join(
        Wire.Connack(),
        Wire.Suback(1, 1, 0x80),
        Wire.Publish("a/b", Encoding.UTF8.GetBytes("zero")),
        Wire.Puback(2),
        Wire.Publish("a/b", Encoding.UTF8.GetBytes("one"), id: 7),
        Wire.Unsuback(3),
        Wire.Pingresp(),
        Wire.Publish("a/long", new byte[200], id: 0xFFFF),
        Wire.Publish("topic/over/the/cap", Encoding.UTF8.GetBytes("x")),
        Wire.Publish("é/€/😀", [], id: 9, retain: true, duplicate: true),
        Wire.Publish("full", Encoding.UTF8.GetBytes(new string('f', Rig.PayloadCap))));

    public static readonly string[] Log =
    [
        "connected",
        "subscribed 0180",
        "message a/b zero AtMostOnce",
        "published Acknowledged",
        "message a/b one AtLeastOnce",
        "unsubscribed",
        "discarded a/long 200 AtLeastOnce",
        "discarded - 1 AtMostOnce",
        "message é/€/😀  AtLeastOnce retain dup",
        "message full ffffffffffffffffffffffffffffffff AtMostOnce",
    ];

    public static readonly byte[] Client = Wire.Join(
        Wire.Packet(0x10, [0, 4, .. "MQTT"u8, 4, 2, 0, 60, 0, 6, .. "device"u8]),
        Wire.Packet(0x82, [0, 1, 0, 3, .. "a/#"u8, 1, 0, 1, .. "b"u8, 1]),
        Wire.Packet(0x33, [0, 1, .. "p"u8, 0, 2, .. "up"u8]),
        Wire.Puback(7),
        Wire.Packet(0xA2, [0, 3, 0, 3, .. "a/#"u8]),
        [0xC0, 0],
        Wire.Puback(0xFFFF),
        Wire.Puback(9));

    /// <summary>A rig that does its part of the conversation, whatever pieces the server's part comes in.</summary>
    public static Rig Start()
    {
        var rig = new Rig(React);
        rig.Engine.Connect(rig.Now);
        return rig;
    }

    private static void React(Rig rig, MqttEvent happened)
    {
        switch (happened.Kind)
        {
            case MqttEventKind.Connected:
                rig.Engine.Subscribe(["a/#", "b"], MqttQos.AtLeastOnce, rig.Now);
                break;
            case MqttEventKind.Subscribed:
                rig.Publish("p", "up", retain: true);
                break;
            case MqttEventKind.Message when happened.PayloadLength == 3:
                rig.Engine.Unsubscribe(["a/#"], rig.Now);
                break;
            case MqttEventKind.Unsubscribed:
                rig.Now += 45_000;
                rig.Engine.Tick(rig.Now);
                break;
        }
    }
}
