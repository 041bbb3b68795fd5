using Makapix.Device.Identity;
using Makapix.Device.Payloads;
using Makapix.Mqtt;

namespace Makapix.Device.Connection
{
    /// <summary>Drives <see cref="MqttEngine"/> over a TLS stream. Device and PC run this very code; only the stream differs.</summary>
    public sealed class EngineBrokerLink : IBrokerLink
    {
        /// <summary>Longest packet that is sent, in bytes: a status with every counter at its largest fits.</summary>
        public const int MaxOutgoingPacket = 1536;

        // A command fits; what is longer comes in pieces, as it does anyway.
        private const int ReadBufferLength = 512;

        private readonly MqttEngine _engine;
        private readonly DeviceIdentity _identity;
        private readonly ITlsConnector _connector;
        private readonly IMonotonicClock _clock;
        private readonly byte[] _buffer = new byte[ReadBufferLength];
        private ITlsStream? _stream;
        private int _taken;
        private int _filled;

        /// <summary>Creates the link, and all its buffers.</summary>
        public EngineBrokerLink(LinkSettings settings, ITlsConnector connector, IMonotonicClock clock)
        {
            _identity = settings.Identity;
            _connector = connector;
            _clock = clock;
            _engine = new MqttEngine(new MqttOptions(_identity.DeviceId)
            {
                KeepAliveSeconds = LinkSettings.KeepAliveSeconds,
                Will = new MqttWill(settings.WillTopic, settings.WillPayload, MqttQos.AtLeastOnce, false),
                MaxIncomingTopicBytes = PlayerTopics.MaxLength,
                MaxIncomingPayloadBytes = PayloadGuard.MaxPayload,
                MaxOutgoingPacketBytes = MaxOutgoingPacket,
            });
            Payload = new byte[0];
        }

        /// <inheritdoc/>
        public string? Topic { get; private set; }

        /// <inheritdoc/>
        public byte[] Payload { get; private set; }

        /// <inheritdoc/>
        public int PayloadLength { get; private set; }

        /// <inheritdoc/>
        public FailureCause EndedBy { get; private set; }

        /// <inheritdoc/>
        public FailureCause Open()
        {
            Close();
            FailureCause cause = _connector.Connect(_identity, out _stream);
            if (cause == FailureCause.None)
            {
                _taken = 0;
                _filled = 0;
                _engine.Connect(_clock.NowMs);
            }

            return cause;
        }

        /// <inheritdoc/>
        public LinkEvent Poll(int waitMs)
        {
            bool mayWait = true;
            while (_stream != null)
            {
                long now = _clock.NowMs;
                _engine.Tick(now);
                MqttEvent? e = _engine.NextEvent();
                if (e != null)
                {
                    return Translate(e, _stream);
                }

                if (!Send(_stream))
                {
                    _engine.ConnectionLost();
                }
                else if (_taken < _filled)
                {
                    _taken += _engine.Receive(_buffer, _taken, _filled - _taken, now);
                }
                else if (!mayWait)
                {
                    return LinkEvent.None;
                }
                else
                {
                    mayWait = false;
                    Fill(_stream, Until(_engine.NextDeadline - now, waitMs));
                }
            }

            return LinkEvent.Ended;
        }

        /// <inheritdoc/>
        public bool Subscribe(string filter) =>
            _engine.Subscribe(new string[] { filter }, MqttQos.AtLeastOnce, _clock.NowMs) == MqttSendResult.Accepted;

        /// <inheritdoc/>
        public bool Publish(string topic, byte[] payload, bool retain) =>
            _engine.Publish(topic, payload, 0, payload.Length, MqttQos.AtLeastOnce, retain, _clock.NowMs) == MqttSendResult.Accepted;

        /// <inheritdoc/>
        public void Close()
        {
            if (_stream != null)
            {
                _stream.Close();
                _stream = null;
            }

            // The engine wants the end of a session taken from it before the next one.
            _engine.ConnectionLost();
            while (_engine.NextEvent() != null)
            {
            }
        }

        private static int Until(long deadlineMs, int waitMs) => deadlineMs >= waitMs ? waitMs : deadlineMs <= 0 ? 0 : (int)deadlineMs;

        private bool Send(ITlsStream stream)
        {
            int count = _engine.OutgoingCount;
            if (count > 0)
            {
                if (!stream.Write(_engine.Outgoing, _engine.OutgoingOffset, count))
                {
                    return false;
                }

                _engine.Sent(count);
            }

            return true;
        }

        private void Fill(ITlsStream stream, int waitMs)
        {
            int count = stream.Read(_buffer, waitMs);
            if (count < 0)
            {
                _engine.ConnectionLost();
            }

            _taken = 0;
            _filled = count < 0 ? 0 : count;
        }

        private LinkEvent Translate(MqttEvent e, ITlsStream stream)
        {
            switch (e.Kind)
            {
                case MqttEventKind.Connected:
                    return LinkEvent.Connected;
                case MqttEventKind.Message:
                    Topic = e.Topic;
                    Payload = e.Payload;
                    PayloadLength = e.PayloadLength;
                    return LinkEvent.Message;
                case MqttEventKind.MessageDiscarded:
                    return LinkEvent.Oversize;
                case MqttEventKind.Published:
                    // Any other outcome comes with the end of the session, and that is told next.
                    return e.Outcome == MqttPublishOutcome.Acknowledged ? LinkEvent.Published : LinkEvent.None;
                case MqttEventKind.Subscribed:
                    return e.Grants[0] == MqttEngine.GrantRefused ? LinkEvent.SubscribeRefused : LinkEvent.Subscribed;
                case MqttEventKind.Closed:
                    EndedBy = Cause(e.Cause, stream);
                    Close();
                    return LinkEvent.Ended;
                default:
                    return LinkEvent.None;
            }
        }

        private FailureCause Cause(MqttCloseCause cause, ITlsStream stream)
        {
            switch (cause)
            {
                case MqttCloseCause.Refused:
                    return ConnackCause.Of((int)_engine.ConnackCode);
                case MqttCloseCause.ConnackTimeout:
                case MqttCloseCause.AckTimeout:
                case MqttCloseCause.PingTimeout:
                    return FailureCause.Timeout;
                case MqttCloseCause.ConnectionLost:
                    return stream.EndedBy;
                default:
                    return FailureCause.Protocol;
            }
        }
    }
}
