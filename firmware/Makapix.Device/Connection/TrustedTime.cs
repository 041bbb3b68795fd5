namespace Makapix.Device.Connection
{
    /// <summary>
    /// The time as far as it can be believed. SNTP is not authenticated, so an answer counts only between a floor that time has certainly passed and the
    /// end of the device's own certificate, past which nothing could be done anyway. Goes on by the monotonic clock: what anybody sets the date to
    /// later does not move it.
    /// </summary>
    public sealed class TrustedTime
    {
        /// <summary>The floor is stored no more often than this: flash wears.</summary>
        public const long FloorStepSeconds = UnixTime.Day;

        private readonly ITimeFloorStore _store;
        private readonly long _ceiling;
        private long _floor;
        private long _unixAtZero;

        /// <summary>Creates the time of one device.</summary>
        /// <param name="issuedAt">When its identity was issued, Unix seconds.</param>
        /// <param name="notAfter">When its certificate ends, Unix seconds.</param>
        /// <param name="store">Remembers when a session last succeeded.</param>
        public TrustedTime(long issuedAt, long notAfter, ITimeFloorStore store)
        {
            _store = store;
            _ceiling = notAfter;
            _floor = issuedAt > FirmwareVersion.NotBefore ? issuedAt : FirmwareVersion.NotBefore;
            long stored = store.Load();
            if (stored > _floor && stored <= _ceiling)
            {
                _floor = stored;
            }
        }

        /// <summary>Whether there is a time.</summary>
        public bool IsKnown { get; private set; }

        /// <summary>Takes an answer if it can be believed.</summary>
        public bool Offer(long unixSeconds, long nowMs)
        {
            IsKnown = unixSeconds >= _floor && unixSeconds <= _ceiling;
            _unixAtZero = unixSeconds - (nowMs / 1000);
            return IsKnown;
        }

        /// <summary>Doubts the time: with it, TLS did not come about. It may have been a lie within the limits.</summary>
        public void Forget() => IsKnown = false;

        /// <summary>Unix seconds, or 0 while they are not known.</summary>
        public long Now(long nowMs) => IsKnown ? _unixAtZero + (nowMs / 1000) : 0;

        /// <summary>An mTLS session succeeded at this time: both certificates were valid, so the floor may follow, and only now.</summary>
        public void Confirm(long nowMs)
        {
            long now = Now(nowMs);
            if (now >= _floor + FloorStepSeconds && now <= _ceiling)
            {
                _floor = now;
                _store.Save(now);
            }
        }
    }
}
