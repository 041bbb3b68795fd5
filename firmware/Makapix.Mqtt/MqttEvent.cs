namespace Makapix.Mqtt
{
    /// <summary>
    /// One thing that happened. The engine owns one instance and uses it again, so that a flood makes no garbage beyond the topic's text:
    /// read it before the next call of <see cref="MqttEngine.NextEvent"/> or <see cref="MqttEngine.Receive"/>, copy what must stay.
    /// </summary>
    public sealed class MqttEvent
    {
        private readonly byte[] _noGrants = new byte[0];

        internal MqttEvent(byte[] payload)
        {
            Payload = payload;
            Grants = _noGrants;
        }

        /// <summary>What happened; says which other members hold.</summary>
        public MqttEventKind Kind { get; internal set; }

        /// <summary>Topic of a message; null when it was over the cap.</summary>
        public string? Topic { get; internal set; }

        /// <summary>The engine's own buffer: the payload of a message is its first <see cref="PayloadLength"/> bytes.</summary>
        public byte[] Payload { get; }

        /// <summary>Bytes of payload; of a discarded message, how many went past.</summary>
        public int PayloadLength { get; internal set; }

        /// <summary>Promise under which the message came.</summary>
        public MqttQos Qos { get; internal set; }

        /// <summary>The server kept this message from before the subscription.</summary>
        public bool Retain { get; internal set; }

        /// <summary>The server may have sent this message before (DUP).</summary>
        public bool Duplicate { get; internal set; }

        /// <summary>Fate of the QoS 1 message that was in flight.</summary>
        public MqttPublishOutcome Outcome { get; internal set; }

        /// <summary>One code a filter, in the order asked: the granted QoS, or <see cref="MqttEngine.GrantRefused"/>. Empty but for <see cref="MqttEventKind.Subscribed"/>.</summary>
        public byte[] Grants { get; internal set; }

        /// <summary>Why the session ended.</summary>
        public MqttCloseCause Cause { get; internal set; }

        // Nothing of an older event may show through: what does not belong to a kind is at its default.
        internal void Clear(MqttEventKind kind)
        {
            Kind = kind;
            Topic = null;
            PayloadLength = 0;
            Qos = MqttQos.AtMostOnce;
            Retain = false;
            Duplicate = false;
            Outcome = MqttPublishOutcome.Acknowledged;
            Grants = _noGrants;
            Cause = MqttCloseCause.None;
        }
    }
}
