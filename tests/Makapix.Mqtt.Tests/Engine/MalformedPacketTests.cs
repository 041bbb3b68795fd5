using System.Collections.Generic;
using System.Linq;
using System.Text;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Mqtt.Tests.Engine;

/// <summary>Every malformed packet ends the session at once, under its own name, and nothing behind it is looked at.</summary>
[TestClass]
public sealed class MalformedPacketTests
{
    private static readonly byte[] Payload = [1];

    public static IEnumerable<object[]> BeforeConnack() =>
    [
        ["publish before CONNACK", Wire.Publish("a", Payload), MqttCloseCause.PacketUnexpected],
        ["256 MB publish before CONNACK", new byte[] { 0x30 }, MqttCloseCause.PacketUnexpected],
        ["suback before CONNACK", Wire.Suback(1, 0), MqttCloseCause.PacketUnexpected],
        ["pingresp before CONNACK", Wire.Pingresp(), MqttCloseCause.PacketUnexpected],
        ["an HTTP server", Encoding.ASCII.GetBytes("HTTP/1.1 400 Bad Request\r\n"), MqttCloseCause.PacketUnexpected],
        ["an SSH server", Encoding.ASCII.GetBytes("SSH-2.0-OpenSSH"), MqttCloseCause.PacketUnexpected],
        ["all zero", new byte[64], MqttCloseCause.PacketTypeReserved],
        ["all ones", Enumerable.Repeat((byte)0xFF, 64).ToArray(), MqttCloseCause.PacketTypeReserved],
        ["connack with header flags", new byte[] { 0x22, 2, 0, 0 }, MqttCloseCause.FlagsInvalid],
        ["connack of one byte", new byte[] { 0x20, 1, 0 }, MqttCloseCause.LengthInvalid],
        ["connack of five, as MQTT 5 has it", new byte[] { 0x20, 3, 0, 0, 0 }, MqttCloseCause.LengthInvalid],
        ["connack announcing 256 MB", new byte[] { 0x20, 0xFF, 0xFF, 0xFF, 0x7F }, MqttCloseCause.LengthInvalid],
        ["connack with a reserved flag", Wire.Connack(flags: 2), MqttCloseCause.ConnackInvalid],
        ["connack with a session after a clean one", Wire.Connack(flags: 1), MqttCloseCause.ConnackInvalid],
        ["connack with a reserved code", Wire.Connack(code: 6), MqttCloseCause.ConnackInvalid],
        ["connack with MQTT 5's code", Wire.Connack(code: 0x87), MqttCloseCause.ConnackInvalid],
    ];

    public static IEnumerable<object[]> AfterConnack() =>
    [
        ["second connack", Wire.Connack(), MqttCloseCause.PacketUnexpected],
        ["type 0", new byte[] { 0x00, 0 }, MqttCloseCause.PacketTypeReserved],
        ["type 15", new byte[] { 0xF0, 0 }, MqttCloseCause.PacketTypeReserved],
        ["connect from the server", new byte[] { 0x10, 0 }, MqttCloseCause.PacketUnexpected],
        ["pubrec without QoS 2", new byte[] { 0x50, 2, 0, 1 }, MqttCloseCause.PacketUnexpected],
        ["pubrel without QoS 2", new byte[] { 0x62, 2, 0, 1 }, MqttCloseCause.PacketUnexpected],
        ["pubcomp without QoS 2", new byte[] { 0x70, 2, 0, 1 }, MqttCloseCause.PacketUnexpected],
        ["subscribe from the server", new byte[] { 0x82, 0 }, MqttCloseCause.PacketUnexpected],
        ["unsubscribe from the server", new byte[] { 0xA2, 0 }, MqttCloseCause.PacketUnexpected],
        ["pingreq from the server", new byte[] { 0xC0, 0 }, MqttCloseCause.PacketUnexpected],
        ["disconnect from the server", new byte[] { 0xE0, 0 }, MqttCloseCause.PacketUnexpected],
        ["five-byte remaining length", new byte[] { 0x30, 0xFF, 0xFF, 0xFF, 0xFF }, MqttCloseCause.RemainingLengthMalformed],
        ["endless remaining length", Enumerable.Repeat((byte)0x80, 64).Prepend((byte)0x30).ToArray(), MqttCloseCause.RemainingLengthMalformed],
        ["remaining length in a longer form", new byte[] { 0x30, 0x84, 0x00 }, MqttCloseCause.RemainingLengthMalformed],
        ["zero in two bytes", new byte[] { 0xD0, 0x80, 0x00 }, MqttCloseCause.RemainingLengthMalformed],
        ["publish without a topic length", new byte[] { 0x30, 0 }, MqttCloseCause.LengthInvalid],
        ["publish of half a topic length", new byte[] { 0x30, 1, 0 }, MqttCloseCause.LengthInvalid],
        ["topic longer than its packet", new byte[] { 0x30, 3, 0, 2, (byte)'a' }, MqttCloseCause.LengthInvalid],
        ["topic of 65535 in a small packet", new byte[] { 0x30, 3, 0xFF, 0xFF, (byte)'a' }, MqttCloseCause.LengthInvalid],
        ["QoS 1 without room for its identifier", new byte[] { 0x32, 4, 0, 1, (byte)'a', 0 }, MqttCloseCause.LengthInvalid],
        ["QoS 1 with identifier 0", new byte[] { 0x32, 5, 0, 1, (byte)'a', 0, 0 }, MqttCloseCause.PacketIdZero],
        ["QoS 2", new byte[] { 0x34, 5, 0, 1, (byte)'a', 0, 1 }, MqttCloseCause.QosInvalid],
        ["QoS 3", new byte[] { 0x36, 5, 0, 1, (byte)'a', 0, 1 }, MqttCloseCause.QosInvalid],
        ["DUP with QoS 0", new byte[] { 0x38, 3, 0, 1, (byte)'a' }, MqttCloseCause.DuplicateAtMostOnce],
        ["empty topic", Wire.Publish("", Payload), MqttCloseCause.TopicEmpty],
        ["topic with #", Wire.Publish("a/#", Payload), MqttCloseCause.TopicWildcard],
        ["topic with +", Wire.Publish("+/a", Payload), MqttCloseCause.TopicWildcard],
        ["topic with NUL", Wire.Publish("a\0b", Payload), MqttCloseCause.TopicMalformed],
        ["topic: stray continuation", Wire.Publish([0x80], Payload), MqttCloseCause.TopicMalformed],
        ["topic: cut sequence", Wire.Publish([0xE2, 0x82], Payload), MqttCloseCause.TopicMalformed],
        ["topic: sequence that turns into ASCII", Wire.Publish([0xC3, 0x41], Payload), MqttCloseCause.TopicMalformed],
        ["topic: overlong slash", Wire.Publish([0xC0, 0xAF], Payload), MqttCloseCause.TopicMalformed],
        ["topic: overlong in three bytes", Wire.Publish([0xE0, 0x80, 0xAF], Payload), MqttCloseCause.TopicMalformed],
        ["topic: overlong in four bytes", Wire.Publish([0xF0, 0x80, 0x80, 0xAF], Payload), MqttCloseCause.TopicMalformed],
        ["topic: surrogate", Wire.Publish([0xED, 0xA0, 0x80], Payload), MqttCloseCause.TopicMalformed],
        ["topic: over U+10FFFF", Wire.Publish([0xF4, 0x90, 0x80, 0x80], Payload), MqttCloseCause.TopicMalformed],
        ["topic: lead byte that is none", Wire.Publish([0xF5, 0x80, 0x80, 0x80], Payload), MqttCloseCause.TopicMalformed],
        ["puback with flags", new byte[] { 0x41, 2, 0, 1 }, MqttCloseCause.FlagsInvalid],
        ["puback of three bytes, as MQTT 5 has it", new byte[] { 0x40, 3, 0, 1, 0x10 }, MqttCloseCause.LengthInvalid],
        ["puback announcing 256 MB", new byte[] { 0x40, 0xFF, 0xFF, 0xFF, 0x7F }, MqttCloseCause.LengthInvalid],
        ["puback of nothing in flight", Wire.Puback(1), MqttCloseCause.AckUnexpected],
        ["puback of identifier 0", Wire.Puback(0), MqttCloseCause.PacketIdZero],
        ["suback of nothing in flight", Wire.Suback(1, 0), MqttCloseCause.AckUnexpected],
        ["suback of identifier 0", Wire.Suback(0, 0), MqttCloseCause.PacketIdZero],
        ["suback without codes", new byte[] { 0x90, 2, 0, 1 }, MqttCloseCause.LengthInvalid],
        ["suback announcing 256 MB", new byte[] { 0x90, 0xFF, 0xFF, 0xFF, 0x7F }, MqttCloseCause.LengthInvalid],
        ["suback with flags", new byte[] { 0x92, 3, 0, 1, 0 }, MqttCloseCause.FlagsInvalid],
        ["unsuback of nothing in flight", Wire.Unsuback(1), MqttCloseCause.AckUnexpected],
        ["unsuback of identifier 0", Wire.Unsuback(0), MqttCloseCause.PacketIdZero],
        ["unsuback of one byte", new byte[] { 0xB0, 1, 0 }, MqttCloseCause.LengthInvalid],
        ["pingresp without a ping", Wire.Pingresp(), MqttCloseCause.AckUnexpected],
        ["pingresp with a body", new byte[] { 0xD0, 1, 0 }, MqttCloseCause.LengthInvalid],
        ["pingresp with flags", new byte[] { 0xD1, 0 }, MqttCloseCause.FlagsInvalid],
    ];

    [TestMethod]
    [DynamicData(nameof(BeforeConnack))]
    public void BeforeConnackItEndsTheSession(string attack, byte[] bytes, MqttCloseCause cause)
    {
        foreach (int piece in new[] { 1, int.MaxValue })
        {
            var rig = new Rig();
            rig.Engine.Connect(rig.Now);
            EndsWith(rig, attack, bytes, piece, cause);
        }
    }

    [TestMethod]
    [DynamicData(nameof(AfterConnack))]
    public void AfterConnackItEndsTheSession(string attack, byte[] bytes, MqttCloseCause cause)
    {
        foreach (int piece in new[] { 1, int.MaxValue })
        {
            EndsWith(Rig.Connected(), attack, bytes, piece, cause);
        }
    }

    [TestMethod]
    [DataRow("too few codes", new byte[] { 0x90, 3, 0, 1, 1 })]
    [DataRow("too many codes", new byte[] { 0x90, 5, 0, 1, 1, 1, 1 })]
    [DataRow("reserved code 3", new byte[] { 0x90, 4, 0, 1, 1, 3 })]
    [DataRow("reserved code 0x7F", new byte[] { 0x90, 4, 0, 1, 0x7F, 1 })]
    [DataRow("MQTT 5's code 0x87", new byte[] { 0x90, 4, 0, 1, 1, 0x87 })]
    [DataRow("QoS 2, which was not asked for", new byte[] { 0x90, 4, 0, 1, 1, 2 })]
    public void ASubackThatDoesNotAnswerTheQuestionEndsTheSession(string attack, byte[] bytes)
    {
        Rig rig = Rig.Connected();
        Assert.AreEqual(MqttSendResult.Accepted, rig.Engine.Subscribe(["a", "b"], MqttQos.AtLeastOnce, rig.Now));
        EndsWith(rig, attack, bytes, 1, MqttCloseCause.SubackInvalid);
    }

    [TestMethod]
    [DataRow("suback with another identifier", new byte[] { 0x90, 3, 0, 2, 1 })]
    [DataRow("unsuback for a subscribe", new byte[] { 0xB0, 2, 0, 1 })]
    [DataRow("puback for a subscribe", new byte[] { 0x40, 2, 0, 1 })]
    public void AnAckOfAnotherKindOrIdentifierEndsTheSession(string attack, byte[] bytes)
    {
        Rig rig = Rig.Connected();
        Assert.AreEqual(MqttSendResult.Accepted, rig.Engine.Subscribe(["a"], MqttQos.AtLeastOnce, rig.Now));
        EndsWith(rig, attack, bytes, 1, MqttCloseCause.AckUnexpected);
    }

    [TestMethod]
    public void ASecondPubackForOneMessageEndsTheSession()
    {
        Rig rig = Rig.Connected();
        rig.Publish("t", "x");
        rig.Feed(Wire.Puback(1));
        EndsWith(rig, "second puback", Wire.Puback(1), 1, MqttCloseCause.AckUnexpected);
    }

    private static void EndsWith(Rig rig, string attack, byte[] bytes, int piece, MqttCloseCause cause)
    {
        // What follows would be a good packet. A parser that resynchronizes on it can be fed forged ones.
        rig.Feed(Wire.Join(bytes, Wire.Publish("forged", [1], id: 5)), piece);
        Assert.AreEqual(cause, rig.Engine.CloseCause, attack);
        Assert.AreEqual($"closed {cause}", rig.Log[^1], attack);
        Assert.DoesNotContain(line => line.StartsWith("message", System.StringComparison.Ordinal), rig.Log, attack);
        Assert.DoesNotContain((byte)0x40, rig.TakeSent(), attack);
    }
}
