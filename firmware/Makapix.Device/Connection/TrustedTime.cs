namespace Makapix.Device.Connection
{
    /// <summary>
    /// The time as far as it can be believed. SNTP is not authenticated, so an answer counts only between a floor that time has certainly passed and the
    /// end of the device's own certificate, past which nothing could be done anyway; and what two servers agree on counts more than what one says, or
    /// said when the floor was stored. Goes on by the monotonic clock: what anybody sets the date to later does not move it.
    /// </summary>
    public sealed class TrustedTime
    {
        /// <summary>The floor is stored no more often than this: flash wears.</summary>
        public const long FloorStepSeconds = UnixTime.Day;

        /// <summary>How old the time may grow before it is asked again: a crystal that is off by 50 ppm is off by 4 s a day, and by half an hour a year.</summary>
        public const long RenewalMs = UnixTime.Day * 1000;

        /// <summary>The same for a time that one server alone has told, or that another has contradicted.</summary>
        public const long DoubtMs = 10 * UnixTime.Minute * 1000;

        /// <summary>
        /// How far two answers may differ and still agree, in seconds. Servers that are right differ by milliseconds, and no crystal drifts that far between two
        /// renewals; what two that agree can be off by together is well below the ten minutes that a command may be.
        /// </summary>
        public const long AgreementSeconds = 60;

        private const int Nobody = -1;

        private readonly StoredNumber _stored;
        private readonly long _least;
        private readonly long _ceiling;
        private long _floor;
        private long _unixAtZero;
        private int _server = Nobody;
        private long _otherAtZero;
        private int _otherServer = Nobody;
        private long _offeredAt;

        /// <summary>Creates the time of one device.</summary>
        /// <param name="issuedAt">When its identity was issued, Unix seconds.</param>
        /// <param name="notAfter">When its certificate ends, Unix seconds.</param>
        /// <param name="stored">Remembers when a session last succeeded.</param>
        public TrustedTime(long issuedAt, long notAfter, StoredNumber stored)
        {
            _stored = stored;
            _ceiling = notAfter;
            _least = issuedAt > FirmwareVersion.BuildTime ? issuedAt : FirmwareVersion.BuildTime;
            _floor = stored.Value > _least && stored.Value <= _ceiling ? stored.Value : _least;
        }

        /// <summary>Whether there is a time.</summary>
        public bool IsKnown { get; private set; }

        /// <summary>Whether two servers have told it.</summary>
        public bool IsAgreed { get; private set; }

        /// <summary>Takes an answer if it can be believed.</summary>
        /// <param name="server">Who gave it: nobody agrees with himself.</param>
        /// <param name="unixSeconds">The answer; 0 for none.</param>
        /// <param name="nowMs">The monotonic clock.</param>
        /// <returns>Whether it is the time now.</returns>
        public bool Offer(int server, long unixSeconds, long nowMs)
        {
            _offeredAt = nowMs;
            if (unixSeconds < _least || unixSeconds > _ceiling)
            {
                return false;
            }

            long atZero = unixSeconds - (nowMs / 1000);
            if (IsKnown && Agree(atZero, _unixAtZero))
            {
                Take(server, atZero, IsAgreed || server != _server);
                return true;
            }

            if (_otherServer != Nobody && server != _otherServer && Agree(atZero, _otherAtZero))
            {
                // Two against one, or against a floor that one may have lied up while his lie lay within the certificates' validity.
                Take(server, atZero, true);
                return true;
            }

            if (!IsKnown && unixSeconds >= _floor)
            {
                Take(server, atZero, false);
                return true;
            }

            _otherAtZero = atZero;
            _otherServer = server;
            return false;
        }

        /// <summary>Whether to ask again.</summary>
        public bool IsRenewalDue(long nowMs) =>
            IsKnown && nowMs - _offeredAt >= (IsAgreed && _otherServer == Nobody ? RenewalMs : DoubtMs);

        /// <summary>Doubts the time: with it, TLS did not come about. It may have been a lie within the limits.</summary>
        public void Forget()
        {
            IsKnown = false;
            IsAgreed = false;
        }

        /// <summary>Unix seconds, or 0 while they are not known.</summary>
        public long Now(long nowMs) => IsKnown ? _unixAtZero + (nowMs / 1000) : 0;

        /// <summary>
        /// An mTLS session succeeded at this time: both certificates were valid, so the floor may follow, and only now. Not for one server's word: its lie need
        /// only lie within that validity to keep the device from honest time for months.
        /// </summary>
        public void Confirm(long nowMs)
        {
            long now = Now(nowMs);
            if (IsAgreed && now <= _ceiling && (now >= _floor + FloorStepSeconds || now < _floor - AgreementSeconds))
            {
                _floor = now;
                _stored.Save(now);
            }
        }

        private static bool Agree(long a, long b) => a - b <= AgreementSeconds && b - a <= AgreementSeconds;

        private void Take(int server, long atZero, bool agreed)
        {
            IsKnown = true;
            IsAgreed = agreed;
            _unixAtZero = atZero;
            _server = server;
            if (agreed)
            {
                _otherServer = Nobody;
            }
        }
    }
}
