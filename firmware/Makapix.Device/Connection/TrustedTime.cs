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

        /// <summary>How old the time may grow before it is asked again: a crystal that is off by 50 ppm is off by 4 s a day, and by half an hour a year.</summary>
        public const long RenewalMs = UnixTime.Day * 1000;

        /// <summary>
        /// How far a renewal may move a time with which a session stands, in seconds. No crystal drifts that far between two renewals: an answer that differs
        /// by more is a lie, or what it corrects was one, and then the next connection will tell.
        /// </summary>
        public const long RenewalLimitSeconds = 60;

        private readonly StoredNumber _stored;
        private readonly long _ceiling;
        private long _floor;
        private long _unixAtZero;
        private long _offeredAt;

        /// <summary>Creates the time of one device.</summary>
        /// <param name="issuedAt">When its identity was issued, Unix seconds.</param>
        /// <param name="notAfter">When its certificate ends, Unix seconds.</param>
        /// <param name="stored">Remembers when a session last succeeded.</param>
        public TrustedTime(long issuedAt, long notAfter, StoredNumber stored)
        {
            _stored = stored;
            _ceiling = notAfter;
            _floor = issuedAt > FirmwareVersion.BuildTime ? issuedAt : FirmwareVersion.BuildTime;
            if (stored.Value > _floor && stored.Value <= _ceiling)
            {
                _floor = stored.Value;
            }
        }

        /// <summary>Whether there is a time.</summary>
        public bool IsKnown { get; private set; }

        /// <summary>Takes an answer if it can be believed.</summary>
        public bool Offer(long unixSeconds, long nowMs)
        {
            IsKnown = unixSeconds >= _floor && unixSeconds <= _ceiling;
            Set(unixSeconds, nowMs);
            return IsKnown;
        }

        /// <summary>Whether the time has grown old.</summary>
        public bool IsRenewalDue(long nowMs) => IsKnown && nowMs - _offeredAt >= RenewalMs;

        /// <summary>Takes an answer if it is about what is known already. Whether or not it is, the next renewal is due a period later.</summary>
        public bool Renew(long unixSeconds, long nowMs)
        {
            long off = unixSeconds - Now(nowMs);
            bool believed = unixSeconds >= _floor && unixSeconds <= _ceiling && off >= -RenewalLimitSeconds && off <= RenewalLimitSeconds;
            _offeredAt = nowMs;
            if (believed)
            {
                Set(unixSeconds, nowMs);
            }

            return believed;
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
                _stored.Save(now);
            }
        }

        private void Set(long unixSeconds, long nowMs)
        {
            _unixAtZero = unixSeconds - (nowMs / 1000);
            _offeredAt = nowMs;
        }
    }
}
