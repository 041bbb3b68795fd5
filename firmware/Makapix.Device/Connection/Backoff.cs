namespace Makapix.Device.Connection
{
    /// <summary>
    /// How long to wait before the next attempt: full jitter, so that a fleet that lost its broker in one moment does not come back in one moment.
    /// </summary>
    public sealed class Backoff
    {
        /// <summary>Window of the first failure.</summary>
        public const int BaseMs = 1000;

        /// <summary>Largest window.</summary>
        public const int CapMs = 300000;

        /// <summary>Least window after a lost session: the whole fleet loses its broker at once.</summary>
        public const int LostSessionMs = 15000;

        /// <summary>How long a session must last to count as success. A broker that accepts and then hangs up must not be hammered.</summary>
        public const long StableMs = 60000;

        // 1000 << 9 is past the cap; the attempts are counted no further, so nothing can overflow.
        private const int LastAttempt = 9;

        // The first power of two past LostSessionMs: after the spread the windows go on growing.
        private const int AttemptAfterLostSession = 4;

        private readonly IRandomSource _random;
        private int _attempt;

        /// <summary>Creates it.</summary>
        public Backoff(IRandomSource random)
        {
            _random = random;
        }

        /// <summary>The wait after an attempt that did not get online, in milliseconds.</summary>
        /// <param name="spentMs">How long the attempt took: it is part of the wait.</param>
        public int AfterFailure(long spentMs)
        {
            int delay = _random.Next(Window() + 1);
            CountTo(_attempt + 1);
            return spentMs >= delay ? 0 : delay - (int)spentMs;
        }

        /// <summary>The wait after a session that was online, in milliseconds.</summary>
        /// <param name="onlineMs">How long it lasted.</param>
        public int AfterSession(long onlineMs)
        {
            if (onlineMs >= StableMs)
            {
                _attempt = 0;
            }

            int window = Window();
            CountTo(_attempt < AttemptAfterLostSession ? AttemptAfterLostSession : _attempt + 1);
            return _random.Next((window < LostSessionMs ? LostSessionMs : window) + 1);
        }

        private int Window() => _attempt >= LastAttempt ? CapMs : BaseMs << _attempt;

        private void CountTo(int attempt) => _attempt = attempt > LastAttempt ? LastAttempt : attempt;
    }
}
