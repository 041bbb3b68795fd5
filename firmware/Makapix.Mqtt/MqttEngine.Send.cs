namespace Makapix.Mqtt
{
    /// <content>The bytes to send.</content>
    public sealed partial class MqttEngine
    {
        private int _lastId;

        /// <summary>The engine's buffer of bytes to send. Holds, with its offset and count, until the next call of any other member.</summary>
        public byte[] Outgoing
        {
            get { return _outgoing.Bytes; }
        }

        /// <summary>Where the bytes to send start in <see cref="Outgoing"/>.</summary>
        public int OutgoingOffset
        {
            get { return _outgoing.Offset; }
        }

        /// <summary>How many bytes there are to send.</summary>
        public int OutgoingCount
        {
            get { return _outgoing.Count; }
        }

        /// <summary>Takes bytes that were sent off the front of <see cref="Outgoing"/>.</summary>
        /// <param name="count">How many, at most <see cref="OutgoingCount"/>.</param>
        public void Sent(int count)
        {
            _outgoing.Take(count);
        }

        private MqttSendResult RoomFor(int remaining, bool busy)
        {
            int size = OutgoingBuffer.PacketSize(remaining);
            return size > _options.MaxOutgoingPacketBytes ? MqttSendResult.TooLarge
                : busy ? MqttSendResult.Busy
                : size > _outgoing.Free - ControlReserve ? MqttSendResult.BufferFull : MqttSendResult.Accepted;
        }

        // 2.3.1: not 0, and not one that is in flight; there are two at most.
        private int NextId()
        {
            do
            {
                _lastId = _lastId == 65535 ? 1 : _lastId + 1;
            }
            while (_lastId == _publishId || _lastId == _requestId);
            return _lastId;
        }
    }
}
