using System;

namespace Makapix.Mqtt
{
    /// <summary>
    /// Takes a byte stream apart into packets, whatever the pieces it comes in. Every buffer is allocated here, once: a length that the peer announces
    /// only ever decides how much is skipped, never how much is allocated. A header that cannot be right is a fault at once, before its body comes.
    /// </summary>
    internal sealed partial class PacketReader
    {
        private Step _step;
        private int _lengthBytes;
        private int _remaining;
        private byte[]? _target;
        private int _filled;
        private int _wanted;

        public PacketReader(int topicBytes, int payloadBytes, int bodyBytes)
        {
            _topic = new byte[topicBytes];
            Payload = new byte[payloadBytes];
            Body = new byte[bodyBytes];
        }

        private enum Step
        {
            Header,
            Length,
            Body,
            TopicLength,
            Topic,
            PacketId,
            Payload,
        }

        /// <summary>What is wrong with the stream; nothing can be read behind it.</summary>
        public MqttCloseCause Fault { get; private set; }

        /// <summary>A whole packet stands in the members below, until <see cref="Release"/>.</summary>
        public bool Complete { get; private set; }

        /// <summary>CONNACK was accepted: it comes first, and once (3.2, MQTT-3.2.0-1).</summary>
        public bool Established { get; set; }

        public PacketType Type { get; private set; }

        /// <summary>Everything behind the fixed header of a packet that is no PUBLISH.</summary>
        public byte[] Body { get; }

        public int BodyLength
        {
            get { return _remaining; }
        }

        /// <summary>Starts a new stream.</summary>
        public void Reset()
        {
            Fault = MqttCloseCause.None;
            Established = false;
            Release();
        }

        /// <summary>Goes on to the next packet.</summary>
        public void Release()
        {
            Complete = false;
            _step = Step.Header;
        }

        /// <summary>Reads up to the end of one packet. Returns how many bytes it took: at least one, if there is one.</summary>
        public int Read(byte[] buffer, int offset, int count)
        {
            int taken = 0;
            while (taken < count && !Complete && Fault == MqttCloseCause.None)
            {
                if (_step == Step.Header)
                {
                    TakeHeader(buffer[offset + taken++]);
                }
                else if (_step == Step.Length)
                {
                    TakeLength(buffer[offset + taken++]);
                }
                else
                {
                    taken += Fill(buffer, offset + taken, count - taken);
                }
            }

            return taken;
        }

        private void TakeHeader(int header)
        {
            int type = header >> 4;
            int flags = header & 0x0F;
            bool known = type == (int)PacketType.Connack || type == (int)PacketType.Publish || type == (int)PacketType.Puback
                || type == (int)PacketType.Suback || type == (int)PacketType.Unsuback || type == (int)PacketType.Pingresp;
            if (type == 0 || type == 15)
            {
                Fault = MqttCloseCause.PacketTypeReserved;
            }
            else if (!known || (type == (int)PacketType.Connack) == Established)
            {
                Fault = MqttCloseCause.PacketUnexpected;
            }
            else if (type != (int)PacketType.Publish)
            {
                Fault = flags == 0 ? MqttCloseCause.None : MqttCloseCause.FlagsInvalid;
            }
            else
            {
                int qos = (flags >> 1) & 3;
                Duplicate = (flags & 8) != 0;
                Retain = (flags & 1) != 0;
                Qos = (MqttQos)qos;
                Fault = qos > 1 ? MqttCloseCause.QosInvalid
                    : qos == 0 && Duplicate ? MqttCloseCause.DuplicateAtMostOnce : MqttCloseCause.None;
            }

            Type = (PacketType)type;
            _lengthBytes = 0;
            _remaining = 0;
            _step = Step.Length;
        }

        private void TakeLength(int value)
        {
            _remaining |= (value & 0x7F) << (7 * _lengthBytes++);
            if (value > 0x7F)
            {
                Fault = _lengthBytes == 4 ? MqttCloseCause.RemainingLengthMalformed : MqttCloseCause.None;
            }
            else if (value == 0 && _lengthBytes > 1)
            {
                // 2.2.3's algorithm writes the shortest form, and 5.0 demands it in so many words: two forms of one length are how parsers are made to disagree.
                Fault = MqttCloseCause.RemainingLengthMalformed;
            }
            else if (!LengthFits())
            {
                Fault = MqttCloseCause.LengthInvalid;
            }
            else if (Type == PacketType.Publish)
            {
                Expect(Step.TopicLength, Body, 2);
            }
            else
            {
                Expect(Step.Body, Body, _remaining);
            }
        }

        private bool LengthFits()
        {
            switch (Type)
            {
                case PacketType.Publish:
                    return _remaining >= 2;
                case PacketType.Suback:
                    return _remaining >= 3 && _remaining <= Body.Length;
                case PacketType.Pingresp:
                    return _remaining == 0;
                default:
                    return _remaining == 2;
            }
        }

        /// <summary>The next <paramref name="wanted"/> bytes belong to this step; a null target lets them go past.</summary>
        private void Expect(Step step, byte[]? target, int wanted)
        {
            _step = step;
            _target = target;
            _filled = 0;
            _wanted = wanted;
            if (wanted == 0)
            {
                Advance();
            }
        }

        private int Fill(byte[] buffer, int offset, int count)
        {
            int take = _wanted - _filled;
            if (take > count)
            {
                take = count;
            }

            if (_target != null)
            {
                Array.Copy(buffer, offset, _target, _filled, take);
            }

            _filled += take;
            if (_filled == _wanted)
            {
                Advance();
            }

            return take;
        }

        private void Advance()
        {
            switch (_step)
            {
                case Step.TopicLength:
                    TakeTopicLength((Body[0] << 8) | Body[1]);
                    break;
                case Step.Topic:
                    TakeTopic();
                    break;
                case Step.PacketId:
                    TakePacketId((Body[0] << 8) | Body[1]);
                    break;
                default:
                    Complete = true;
                    break;
            }
        }
    }
}
