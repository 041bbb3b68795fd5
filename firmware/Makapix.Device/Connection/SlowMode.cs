namespace Makapix.Device.Connection
{
    /// <summary>
    /// A device that its broker has refused again and again, in so many words, will not be let in by asking more often: it was revoked. It asks on, since a
    /// mistake can be taken back, but rarely.
    /// </summary>
    public sealed class SlowMode
    {
        /// <summary>Explicit refusals in a row that it takes, at least.</summary>
        public const int Refusals = 10;

        /// <summary>How long the row must be, in milliseconds: a certificate list that was wrong for some minutes slows nobody down.</summary>
        public const long RowMs = 30 * 60000;

        /// <summary>Least wait in milliseconds; the greatest is twice that.</summary>
        public const int LeastMs = 15 * 60000;

        private int _refusals;
        private long _firstAt;

        /// <summary>Whether it is on.</summary>
        public bool IsOn { get; private set; }

        /// <summary>Takes notice of how an attempt or a session ended. Whatever is no refusal ends the row.</summary>
        public void Take(FailureCause cause, long nowMs)
        {
            if (!FailureCauses.IsRefusal(cause))
            {
                _refusals = 0;
                IsOn = false;
                return;
            }

            if (_refusals == 0)
            {
                _firstAt = nowMs;
            }

            _refusals = _refusals < Refusals ? _refusals + 1 : Refusals;
            IsOn = _refusals == Refusals && nowMs - _firstAt >= RowMs;
        }

        /// <summary>The wait until the next attempt while it is on, in milliseconds.</summary>
        public static int Delay(IRandomSource random) => LeastMs + random.Next(LeastMs + 1);
    }
}
