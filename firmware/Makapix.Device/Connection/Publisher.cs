using Makapix.Device.Commands;
using Makapix.Device.Health;
using Makapix.Device.Identity;

namespace Makapix.Device.Connection
{
    /// <summary>
    /// Sends what waits in the outbox, one message in flight, and takes the confirmations as the proof of life: a broker that is frozen, or gone without a
    /// word, does not confirm a heartbeat, whatever the link below believes.
    /// </summary>
    internal sealed class Publisher
    {
        /// <summary>How long a message may be in flight, in milliseconds: longer than any link waits before it gives up by itself.</summary>
        public const long OutcomeLimitMs = 15000;

        /// <summary>How many heartbeats in a row may stay without confirmation.</summary>
        public const int SilentHeartbeats = 3;

        private readonly DeviceIdentity _identity;
        private readonly PlayerTopics _topics;
        private readonly Outbox _outbox;
        private readonly DevicePlatform _platform;
        private readonly TrustedTime _time;
        private readonly HealthCounters _health;
        private readonly long _heartbeatMs;
        private readonly long _bootedAt;
        private OutboxItem _inFlight;
        private long _heartbeatAt;
        private long _sentAt;
        private long _confirmedAt;

        public Publisher(
            DeviceIdentity identity, PlayerTopics topics, Outbox outbox, DevicePlatform platform, TrustedTime time, HealthCounters health)
        {
            _identity = identity;
            _topics = topics;
            _outbox = outbox;
            _platform = platform;
            _time = time;
            _health = health;
            _heartbeatMs = platform.Settings.TelemetrySeconds * 1000L;
            _bootedAt = platform.Clock.NowMs;
        }

        /// <summary>Whether nothing is in flight.</summary>
        public bool IsIdle => _inFlight == OutboxItem.None;

        /// <summary>A session began: all of the presence is due. An acknowledgement that was in flight still has its slot, and goes again.</summary>
        public void BeginSession(long nowMs)
        {
            _inFlight = OutboxItem.None;
            _confirmedAt = nowMs;
            _heartbeatAt = nowMs + _heartbeatMs;
            _outbox.RequestPresence();
        }

        /// <summary>Sends the next message, if the outcome of the last one is known.</summary>
        public void SendNext(IBrokerLink link)
        {
            long now = _platform.Clock.NowMs;
            if (now >= _heartbeatAt)
            {
                _heartbeatAt = now + _heartbeatMs;
                _outbox.RequestStatus();
            }

            OutboxItem item = _outbox.Next;
            if (_inFlight == OutboxItem.None && item != OutboxItem.None && Publish(link, item, now))
            {
                _inFlight = item;
                _sentAt = now;
                _outbox.Sent(item);
            }
        }

        /// <summary>What was in flight has arrived.</summary>
        public void Arrived(long nowMs)
        {
            _outbox.Arrived(_inFlight);
            _inFlight = OutboxItem.None;
            _confirmedAt = nowMs;
        }

        /// <summary>What became of it is not known.</summary>
        public void Unconfirmed()
        {
            _outbox.Unconfirmed(_inFlight);
            _inFlight = OutboxItem.None;
        }

        /// <summary>The device was busy elsewhere for so long: that was not the broker's silence.</summary>
        public void Excuse(long milliseconds) => _confirmedAt += milliseconds;

        /// <summary>Whether the broker no longer shows that it is there.</summary>
        public bool IsSilent(long nowMs) =>
            (_inFlight != OutboxItem.None && nowMs - _sentAt >= OutcomeLimitMs) || nowMs - _confirmedAt >= SilentHeartbeats * _heartbeatMs;

        private bool Publish(IBrokerLink link, OutboxItem item, long now)
        {
            switch (item)
            {
                case OutboxItem.Ack:
                    return link.Publish(_topics.CommandAck, _outbox.FirstAck, false);
                case OutboxItem.Capabilities:
                    return link.Publish(_topics.Capabilities, PresenceMessages.Capabilities(_platform.Controls), true);
                case OutboxItem.State:
                    return link.Publish(_topics.State, PresenceMessages.State(_platform.Controls), true);
                default:
                    return link.Publish(_topics.Status, Status(now), false);
            }
        }

        private byte[] Status(long now)
        {
            long time = _time.Now(now);
            long days = time > 0 ? (_identity.CertificateNotAfter - time) / UnixTime.Day : -1;
            return PresenceMessages.Online(_identity.DeviceId, (now - _bootedAt) / 1000, _platform.Monitor.FreeMemory, days, _health);
        }
    }
}
