using System;

namespace Makapix.Mqtt
{
    /// <content>How a session starts and ends.</content>
    public sealed partial class MqttEngine
    {
        /// <summary>Starts a session: queues CONNECT (3.1).</summary>
        /// <param name="now">Monotonic milliseconds.</param>
        /// <exception cref="InvalidOperationException">A session is running, or the end of the last one was not yet taken from <see cref="NextEvent"/>.</exception>
        public void Connect(long now)
        {
            if (State != MqttState.Idle && !(State == MqttState.Closed && _closeReported))
            {
                throw new InvalidOperationException("a session is not over");
            }

            _reader.Reset();
            _outgoing.Clear();
            _eventWaiting = false;
            _closeReported = false;
            _publishId = 0;
            _publishTimedOut = false;
            _requestId = 0;
            _pinging = false;
            State = MqttState.Connecting;
            CloseCause = MqttCloseCause.None;
            ConnackCode = MqttConnackCode.Accepted;
            _startedAt = now;
            WriteConnect();
        }

        /// <summary>
        /// Ends the session in good order: queues DISCONNECT (3.14), so that the server drops the will, and takes nothing more. Send what is queued, then
        /// close the transport.
        /// </summary>
        public void Disconnect()
        {
            if (State == MqttState.Connected)
            {
                _outgoing.WriteHeader(PacketType.Disconnect, 0, 0);
            }

            End(MqttCloseCause.Disconnected);
        }

        private int ConnectLength()
        {
            MqttWill? will = _options.Will;
            int willLength = will == null ? 0 : 4 + MqttText.Utf8Length(will.Topic) + will.Payload.Length;
            return 10 + 2 + MqttText.Utf8Length(_options.ClientId) + willLength;
        }

        private void WriteConnect()
        {
            const int CleanSession = 0x02;
            const int WillFlag = 0x04;
            MqttWill? will = _options.Will;
            _outgoing.WriteHeader(PacketType.Connect, 0, ConnectLength());
            _outgoing.WriteText("MQTT");
            _outgoing.WriteByte(4);
            _outgoing.WriteByte(will == null ? CleanSession : CleanSession | WillFlag | ((int)will.Qos << 3) | (will.Retain ? 0x20 : 0));
            _outgoing.WriteUInt16(_options.KeepAliveSeconds);
            _outgoing.WriteText(_options.ClientId);
            if (will != null)
            {
                _outgoing.WriteText(will.Topic);
                _outgoing.WriteUInt16(will.Payload.Length);
                _outgoing.WriteBytes(will.Payload, 0, will.Payload.Length);
            }
        }
    }
}
