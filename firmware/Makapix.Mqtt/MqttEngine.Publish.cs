using System;

namespace Makapix.Mqtt
{
    /// <content>Messages from this side.</content>
    public sealed partial class MqttEngine
    {
        private int _publishId;
        private bool _publishTimedOut;

        /// <summary>Queues a PUBLISH (3.3). Of QoS 1 there is one in flight at most; its outcome is always reported.</summary>
        /// <param name="topic">Topic without wildcards.</param>
        /// <param name="payload">Holds the payload; copied.</param>
        /// <param name="offset">Where the payload starts.</param>
        /// <param name="count">Bytes of payload.</param>
        /// <param name="qos">Promise.</param>
        /// <param name="retain">Whether the server keeps it.</param>
        /// <param name="now">Monotonic milliseconds.</param>
        public MqttSendResult Publish(string topic, byte[] payload, int offset, int count, MqttQos qos, bool retain, long now)
        {
            if (offset < 0 || count < 0 || offset > payload.Length - count)
            {
                throw new ArgumentOutOfRangeException(nameof(count));
            }

            if (State != MqttState.Connected)
            {
                return MqttSendResult.NotConnected;
            }

            if (!MqttText.IsTopic(topic))
            {
                return MqttSendResult.InvalidTopic;
            }

            bool acknowledged = qos == MqttQos.AtLeastOnce;
            int header = 2 + MqttText.Utf8Length(topic) + (acknowledged ? 2 : 0);
            if (count > _options.MaxOutgoingPacketBytes - header)
            {
                return MqttSendResult.TooLarge;
            }

            MqttSendResult room = RoomFor(header + count, acknowledged && _publishId != 0);
            if (room != MqttSendResult.Accepted)
            {
                return room;
            }

            _outgoing.WriteHeader(PacketType.Publish, ((int)qos << 1) | (retain ? 1 : 0), header + count);
            _outgoing.WriteText(topic);
            if (acknowledged)
            {
                _publishId = NextId();
                _publishedAt = now;
                _outgoing.WriteUInt16(_publishId);
            }

            _outgoing.WriteBytes(payload, offset, count);
            return MqttSendResult.Accepted;
        }
    }
}
