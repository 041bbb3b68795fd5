namespace Makapix.Mqtt
{
    /// <content>
    /// What the time does. Liveness is proved by CONNACK and PINGRESP alone, and a ping is due a while after the last proof whatever was sent or received
    /// meanwhile: a client that only publishes would otherwise never notice that its broker froze.
    /// </content>
    public sealed partial class MqttEngine
    {
        private long _startedAt;
        private long _publishedAt;
        private long _requestedAt;
        private long _provedAt;
        private long _pingedAt;
        private bool _pinging;

        // 3.1.2.10: the server hangs up after 1.5 times the keep-alive, and wants to hear from us once in each. A quarter is left for the way there.
        private long PingAfter
        {
            get { return _options.KeepAliveSeconds * 750L; }
        }

        /// <summary>Ends the session when something is overdue, pings when that is due. Call it in every turn of the loop, and at <see cref="NextDeadline"/> at the latest.</summary>
        /// <param name="now">Monotonic milliseconds.</param>
        public void Tick(long now)
        {
            if (State == MqttState.Connecting)
            {
                if (now - _startedAt >= _options.ConnackTimeoutMilliseconds)
                {
                    End(MqttCloseCause.ConnackTimeout);
                }
            }
            else if (State == MqttState.Connected)
            {
                TickConnected(now);
            }
        }

        /// <summary>When <see cref="Tick"/> has something to do next, in the same milliseconds; <see cref="NoDeadline"/> when there is no session.</summary>
        public long NextDeadline
        {
            get
            {
                if (State == MqttState.Connecting)
                {
                    return _startedAt + _options.ConnackTimeoutMilliseconds;
                }

                if (State != MqttState.Connected)
                {
                    return NoDeadline;
                }

                long next = _pinging ? _pingedAt + _options.PingTimeoutMilliseconds : _provedAt + PingAfter;
                next = _publishId == 0 ? next : Earlier(next, _publishedAt + _options.AckTimeoutMilliseconds);
                return _requestId == 0 ? next : Earlier(next, _requestedAt + _options.AckTimeoutMilliseconds);
            }
        }

        // A peer that answers nothing in time is not waited for: its late answer could not be told from a wrong one without remembering every
        // identifier given up, and a new clean session is the one recovery that 3.1.1 defines.
        private void TickConnected(long now)
        {
            _publishTimedOut = _publishId != 0 && now - _publishedAt >= _options.AckTimeoutMilliseconds;
            if (_publishTimedOut || (_requestId != 0 && now - _requestedAt >= _options.AckTimeoutMilliseconds))
            {
                End(MqttCloseCause.AckTimeout);
            }
            else if (_pinging)
            {
                if (now - _pingedAt >= _options.PingTimeoutMilliseconds)
                {
                    End(MqttCloseCause.PingTimeout);
                }
            }
            else if (now - _provedAt >= PingAfter)
            {
                _pinging = true;
                _pingedAt = now;
                _outgoing.WriteHeader(PacketType.Pingreq, 0, 0);
            }
        }

        private static long Earlier(long a, long b)
        {
            return a < b ? a : b;
        }
    }
}
