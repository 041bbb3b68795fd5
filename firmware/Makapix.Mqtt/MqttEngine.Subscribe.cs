namespace Makapix.Mqtt
{
    /// <content>What this side wants to hear.</content>
    public sealed partial class MqttEngine
    {
        private int _requestId;
        private PacketType _requestAck;
        private int _requestFilters;
        private MqttQos _requestQos;

        /// <summary>Queues a SUBSCRIBE (3.8). The grants come with <see cref="MqttEventKind.Subscribed"/>; look at each, a refusal is no error of the session.</summary>
        /// <param name="filters">1 to <see cref="MaxFilters"/> topic filters.</param>
        /// <param name="qos">Highest QoS wanted, for all of them.</param>
        /// <param name="now">Monotonic milliseconds.</param>
        public MqttSendResult Subscribe(string[] filters, MqttQos qos, long now)
        {
            return Request(PacketType.Subscribe, filters, qos, now);
        }

        /// <summary>Queues an UNSUBSCRIBE (3.10), answered by <see cref="MqttEventKind.Unsubscribed"/>.</summary>
        /// <param name="filters">1 to <see cref="MaxFilters"/> topic filters.</param>
        /// <param name="now">Monotonic milliseconds.</param>
        public MqttSendResult Unsubscribe(string[] filters, long now)
        {
            return Request(PacketType.Unsubscribe, filters, MqttQos.AtMostOnce, now);
        }

        private MqttSendResult Request(PacketType type, string[] filters, MqttQos qos, long now)
        {
            if (State != MqttState.Connected)
            {
                return MqttSendResult.NotConnected;
            }

            bool subscribe = type == PacketType.Subscribe;
            int remaining = 2;
            foreach (string filter in filters)
            {
                if (!MqttText.IsFilter(filter))
                {
                    return MqttSendResult.InvalidTopic;
                }

                remaining += 2 + MqttText.Utf8Length(filter) + (subscribe ? 1 : 0);
            }

            if (filters.Length == 0)
            {
                return MqttSendResult.InvalidTopic;
            }

            if (filters.Length > MaxFilters)
            {
                return MqttSendResult.TooLarge;
            }

            MqttSendResult room = RoomFor(remaining, _requestId != 0);
            if (room != MqttSendResult.Accepted)
            {
                return room;
            }

            _requestId = NextId();
            _requestAck = subscribe ? PacketType.Suback : PacketType.Unsuback;
            _requestFilters = filters.Length;
            _requestQos = qos;
            _requestedAt = now;
            _outgoing.WriteHeader(type, 2, remaining);
            _outgoing.WriteUInt16(_requestId);
            foreach (string filter in filters)
            {
                _outgoing.WriteText(filter);
                if (subscribe)
                {
                    _outgoing.WriteByte((int)qos);
                }
            }

            return MqttSendResult.Accepted;
        }
    }
}
