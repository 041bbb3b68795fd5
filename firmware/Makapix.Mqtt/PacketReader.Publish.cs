namespace Makapix.Mqtt
{
    /// <content>The parts of a PUBLISH (3.3), of which each may be too long to keep.</content>
    internal sealed partial class PacketReader
    {
        private readonly byte[] _topic;

        public byte[] Payload { get; }

        public int PayloadLength { get; private set; }

        /// <summary>Bytes of the topic; it is not kept if it is over the cap.</summary>
        public int TopicLength { get; private set; }

        public bool TopicKept
        {
            get { return TopicLength <= _topic.Length; }
        }

        public byte[] Topic
        {
            get { return _topic; }
        }

        /// <summary>Topic or payload was over its cap, and is not there.</summary>
        public bool Discarded
        {
            get { return !TopicKept || PayloadLength > Payload.Length; }
        }

        public MqttQos Qos { get; private set; }

        public bool Retain { get; private set; }

        public bool Duplicate { get; private set; }

        public int PacketId { get; private set; }

        private void TakeTopicLength(int length)
        {
            TopicLength = length;
            PayloadLength = _remaining - 2 - length - (Qos == MqttQos.AtMostOnce ? 0 : 2);
            if (length == 0)
            {
                Fault = MqttCloseCause.TopicEmpty;
            }
            else if (PayloadLength < 0)
            {
                Fault = MqttCloseCause.LengthInvalid;
            }
            else
            {
                Expect(Step.Topic, TopicKept ? _topic : null, length);
            }
        }

        private void TakeTopic()
        {
            if (TopicKept && !MqttText.IsWellFormed(_topic, TopicLength))
            {
                Fault = MqttCloseCause.TopicMalformed;
            }
            else if (TopicKept && MqttText.HasWildcard(_topic, TopicLength))
            {
                Fault = MqttCloseCause.TopicWildcard;
            }
            else if (Qos == MqttQos.AtLeastOnce)
            {
                Expect(Step.PacketId, Body, 2);
            }
            else
            {
                ExpectPayload();
            }
        }

        private void TakePacketId(int id)
        {
            PacketId = id;
            if (id == 0)
            {
                Fault = MqttCloseCause.PacketIdZero;
            }
            else
            {
                ExpectPayload();
            }
        }

        private void ExpectPayload()
        {
            Expect(Step.Payload, Discarded ? null : Payload, PayloadLength);
        }
    }
}
