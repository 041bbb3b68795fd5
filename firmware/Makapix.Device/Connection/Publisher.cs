using Makapix.Device.Commands;
using Makapix.Device.Health;
using Makapix.Device.Identity;

namespace Makapix.Device.Connection
{
    /// <summary>
    /// Sends what waits in the outbox, one message in flight. First of a session, and in this order: capabilities, state, status; the server
    /// must know what a player is before it hears that it is there. Then acknowledgements go first.
    /// </summary>
    internal sealed class Publisher
    {
        /// <summary>How often <c>status</c> is published. The server takes a player for offline after 3 minutes without.</summary>
        public const long HeartbeatMs = 30000;

        private readonly DeviceIdentity _identity;
        private readonly PlayerTopics _topics;
        private readonly Outbox _outbox;
        private readonly DevicePlatform _platform;
        private readonly TrustedTime _time;
        private readonly HealthCounters _health;
        private readonly long _bootedAt;
        private long _heartbeatAt;
        private bool _announced;
        private bool _inFlight;
        private bool _ackInFlight;

        public Publisher(
            DeviceIdentity identity, PlayerTopics topics, Outbox outbox, DevicePlatform platform, TrustedTime time, HealthCounters health)
        {
            _identity = identity;
            _topics = topics;
            _outbox = outbox;
            _platform = platform;
            _time = time;
            _health = health;
            _bootedAt = platform.Clock.NowMs;
        }

        /// <summary>A session began: all of the presence is due. An acknowledgement that was in flight still has its slot, and goes again.</summary>
        public void BeginSession(long nowMs)
        {
            _announced = false;
            _inFlight = false;
            _ackInFlight = false;
            _heartbeatAt = nowMs + HeartbeatMs;
            _outbox.RequestPresence();
        }

        /// <summary>Sends the next message, if the last one has arrived.</summary>
        public void SendNext(IBrokerLink link)
        {
            long now = _platform.Clock.NowMs;
            if (now >= _heartbeatAt)
            {
                _heartbeatAt = now + HeartbeatMs;
                _outbox.RequestStatus();
            }

            if (!_inFlight)
            {
                _inFlight = (_announced && SendAck(link)) || SendPresence(link, now);
            }
        }

        /// <summary>What was in flight has arrived.</summary>
        public void Arrived()
        {
            if (_ackInFlight)
            {
                _outbox.RemoveAck();
            }

            _inFlight = false;
            _ackInFlight = false;
        }

        private bool SendAck(IBrokerLink link)
        {
            _ackInFlight = _outbox.AckCount > 0 && link.Publish(_topics.CommandAck, _outbox.FirstAck, false);
            return _ackInFlight;
        }

        private bool SendPresence(IBrokerLink link, long now)
        {
            if (_outbox.CapabilitiesDue)
            {
                _outbox.TakeCapabilities();
                return link.Publish(_topics.Capabilities, PresenceMessages.Capabilities(_platform.Controls), true);
            }

            if (_outbox.StateDue)
            {
                _outbox.TakeState();
                return link.Publish(_topics.State, PresenceMessages.State(_platform.Controls), true);
            }

            if (_outbox.StatusDue)
            {
                _outbox.TakeStatus();
                _announced = true;
                return link.Publish(_topics.Status, Status(now), false);
            }

            return false;
        }

        private byte[] Status(long now)
        {
            long time = _time.Now(now);
            long days = time > 0 ? (_identity.CertificateNotAfter - time) / UnixTime.Day : -1;
            return PresenceMessages.Online(_identity.DeviceId, (now - _bootedAt) / 1000, _platform.Monitor.FreeMemory, days, _health);
        }
    }
}
