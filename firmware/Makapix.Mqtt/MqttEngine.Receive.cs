using System;
using System.Text;

namespace Makapix.Mqtt
{
    /// <content>What the peer sends.</content>
    public sealed partial class MqttEngine
    {
        /// <summary>
        /// Takes received bytes, up to the end of a packet that makes an event. Returns how many it took: fewer than <paramref name="count"/> while an event
        /// waits or the outgoing buffer is nearly full; take the event, send, and hand in the rest. When the session is over it takes all, and looks at none.
        /// </summary>
        /// <param name="buffer">Holds the bytes; in any pieces.</param>
        /// <param name="offset">Where they start.</param>
        /// <param name="count">How many there are.</param>
        /// <param name="now">Monotonic milliseconds.</param>
        /// <exception cref="InvalidOperationException">No session was started.</exception>
        public int Receive(byte[] buffer, int offset, int count, long now)
        {
            if (State == MqttState.Idle)
            {
                throw new InvalidOperationException("no session");
            }

            int taken = 0;
            while (taken < count && State != MqttState.Closed && !_eventWaiting && _outgoing.Free >= ReplyRoom)
            {
                taken += _reader.Read(buffer, offset + taken, count - taken);
                if (_reader.Complete)
                {
                    TakePacket(now);
                    _reader.Release();
                }
                else if (_reader.Fault != MqttCloseCause.None)
                {
                    End(_reader.Fault);
                }
            }

            return State == MqttState.Closed ? count : taken;
        }

        private void TakePacket(long now)
        {
            switch (_reader.Type)
            {
                case PacketType.Connack:
                    TakeConnack(_reader.Body[0], _reader.Body[1], now);
                    break;
                case PacketType.Publish:
                    TakePublish();
                    break;
                case PacketType.Pingresp:
                    TakePingresp(now);
                    break;
                default:
                    TakeAck((_reader.Body[0] << 8) | _reader.Body[1]);
                    break;
            }
        }

        private void TakeConnack(int flags, int code, long now)
        {
            if (flags != 0 || code > (int)MqttConnackCode.NotAuthorized)
            {
                // 3.2.2.2: after a clean session there is no session to be present.
                End(MqttCloseCause.ConnackInvalid);
                return;
            }

            ConnackCode = (MqttConnackCode)code;
            if (code != 0)
            {
                End(MqttCloseCause.Refused);
                return;
            }

            State = MqttState.Connected;
            _reader.Established = true;
            _provedAt = now;
            Raise(MqttEventKind.Connected);
        }

        private void TakePublish()
        {
            if (_reader.Qos == MqttQos.AtLeastOnce)
            {
                // An oversize one too: refused, it would come again with every session.
                _outgoing.WriteHeader(PacketType.Puback, 0, 2);
                _outgoing.WriteUInt16(_reader.PacketId);
            }

            if (_reader.Discarded)
            {
                DiscardedMessages++;
            }

            Raise(_reader.Discarded ? MqttEventKind.MessageDiscarded : MqttEventKind.Message);
            _event.Topic = _reader.TopicKept ? Encoding.UTF8.GetString(_reader.Topic, 0, _reader.TopicLength) : null;
            _event.PayloadLength = _reader.PayloadLength;
            _event.Qos = _reader.Qos;
            _event.Retain = _reader.Retain;
            _event.Duplicate = _reader.Duplicate;
        }

        private void TakePingresp(long now)
        {
            if (!_pinging)
            {
                End(MqttCloseCause.AckUnexpected);
                return;
            }

            _pinging = false;
            _provedAt = now;
        }

        private void TakeAck(int id)
        {
            if (id == 0)
            {
                End(MqttCloseCause.PacketIdZero);
            }
            else if (_reader.Type == PacketType.Puback && id == _publishId)
            {
                _publishId = 0;
                Raise(MqttEventKind.Published);
                _event.Outcome = MqttPublishOutcome.Acknowledged;
            }
            else if (_reader.Type != PacketType.Puback && _reader.Type == _requestAck && id == _requestId)
            {
                TakeRequestAck();
            }
            else
            {
                End(MqttCloseCause.AckUnexpected);
            }
        }

        private void TakeRequestAck()
        {
            bool subscribed = _requestAck == PacketType.Suback;
            byte[] grants = new byte[subscribed ? _requestFilters : 0];
            bool valid = _reader.BodyLength == 2 + grants.Length;
            for (int i = 0; valid && i < grants.Length; i++)
            {
                grants[i] = _reader.Body[2 + i];
                valid = grants[i] == GrantRefused || grants[i] <= (int)_requestQos;
            }

            if (!valid)
            {
                End(MqttCloseCause.SubackInvalid);
                return;
            }

            _requestId = 0;
            Raise(subscribed ? MqttEventKind.Subscribed : MqttEventKind.Unsubscribed);
            _event.Grants = grants;
        }
    }
}
