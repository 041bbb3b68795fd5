namespace Makapix.Mqtt
{
    /// <summary>
    /// Why a session ended. Everything from <see cref="RemainingLengthMalformed"/> on is the peer breaking MQTT 3.1.1: it is not an MQTT server,
    /// or somebody plays one. The numbers are stable: a device reports them, and nanoCLR has no enum names.
    /// </summary>
    public enum MqttCloseCause
    {
        /// <summary>It did not end.</summary>
        None = 0,

        /// <summary>This side called <see cref="MqttEngine.Disconnect"/>.</summary>
        Disconnected = 1,

        /// <summary>The transport ended: <see cref="MqttEngine.ConnectionLost"/>.</summary>
        ConnectionLost = 2,

        /// <summary>CONNACK with a code other than 0, see <see cref="MqttEngine.ConnackCode"/>.</summary>
        Refused = 3,

        /// <summary>No CONNACK in time.</summary>
        ConnackTimeout = 4,

        /// <summary>No PUBACK, SUBACK or UNSUBACK in time.</summary>
        AckTimeout = 5,

        /// <summary>No PINGRESP in time: the peer is gone, frozen, or buries us in other traffic.</summary>
        PingTimeout = 6,

        /// <summary>A remaining length of more than four bytes, or not in its shortest form (2.2.3).</summary>
        RemainingLengthMalformed = 16,

        /// <summary>Reserved flag bits of the fixed header are not what 2.2.2 demands.</summary>
        FlagsInvalid = 17,

        /// <summary>Packet type 0 or 15 (2.2.1).</summary>
        PacketTypeReserved = 18,

        /// <summary>A packet that must not come now: anything before CONNACK, a second CONNACK, what only clients send, the QoS 2 flow.</summary>
        PacketUnexpected = 19,

        /// <summary>A length that the packet type, or a field in it, forbids.</summary>
        LengthInvalid = 20,

        /// <summary>Packet identifier 0 (2.3.1).</summary>
        PacketIdZero = 21,

        /// <summary>An acknowledgement for nothing that is in flight, or a PINGRESP without a ping.</summary>
        AckUnexpected = 22,

        /// <summary>CONNACK with reserved flags, a reserved code, or a session that a clean session cannot have (3.2.2).</summary>
        ConnackInvalid = 23,

        /// <summary>SUBACK with the wrong number of codes, a reserved code, or more than was asked for (3.9.3).</summary>
        SubackInvalid = 24,

        /// <summary>PUBLISH with QoS 3 (3.3.1.2), or with QoS 2, which was never subscribed.</summary>
        QosInvalid = 25,

        /// <summary>PUBLISH with QoS 0 and DUP (3.3.1.1).</summary>
        DuplicateAtMostOnce = 26,

        /// <summary>PUBLISH with an empty topic (4.7.3).</summary>
        TopicEmpty = 27,

        /// <summary>PUBLISH to a topic with a wildcard in it (3.3.2.1).</summary>
        TopicWildcard = 28,

        /// <summary>PUBLISH to a topic that is not well-formed UTF-8, or holds U+0000 (1.5.3).</summary>
        TopicMalformed = 29,
    }
}
