namespace Makapix.Device.Connection
{
    /// <summary>
    /// How long to wait before the next attempt: full jitter, so that a fleet that lost its broker in one moment does not come back in one moment.
    /// </summary>
    public sealed class Backoff : IReconnectPolicy
    {
        /// <summary>Window of the first failure.</summary>
        public const int BaseMs = 1000;

        /// <summary>Largest window.</summary>
        public const int CapMs = 300000;

        /// <summary>Least window after a lost session: the whole fleet loses its broker at once.</summary>
        public const int LostSessionMs = 15000;

        /// <summary>Least wait after a lost session: a broker that is only restarted is not back sooner, and whoever knocks before that has knocked for nothing.</summary>
        public const int RestartMs = 2000;

        /// <summary>How long a session must last to count as success. A broker that accepts and then hangs up must not be hammered.</summary>
        public const long StableMs = 60000;

        /// <summary>Where attempts are counted no further: 1000 &lt;&lt; 9 is past the cap, so nothing can overflow.</summary>
        public const int LastAttempt = 9;

        // The first power of two past LostSessionMs: after the spread the windows go on growing.
        private const int AttemptAfterLostSession = 4;

        private readonly IRandomSource _random;

        /// <summary>Creates it.</summary>
        /// <param name="random">Jitter.</param>
        /// <param name="attempt">Where it stood before a restart; out of bounds means the nearer of them.</param>
        public Backoff(IRandomSource random, long attempt = 0)
        {
            _random = random;
            CountTo(attempt);
        }

        /// <summary>How far the window has grown: 0 to <see cref="LastAttempt"/>.</summary>
        public int Attempt { get; private set; }

        /// <inheritdoc/>
        /// <param name="spentMs">
        /// How long the attempt took. It has been waited already, so the window is shorter by it; but never shorter than half. A broker under overload takes as
        /// long with each device of a fleet, and were the time taken off the draw, all whose draw it exceeds would be back in the same moment.
        /// </param>
        public int AfterFailure(long spentMs)
        {
            int window = Window();
            int least = window / 2 < BaseMs ? BaseMs : window / 2;
            CountTo(Attempt + 1);
            return _random.Next((spentMs < window - least ? window - (int)spentMs : least) + 1);
        }

        /// <inheritdoc/>
        public int AfterSession(long onlineMs)
        {
            if (onlineMs >= StableMs)
            {
                Attempt = 0;
            }

            int window = Window();
            CountTo(Attempt < AttemptAfterLostSession ? AttemptAfterLostSession : Attempt + 1);
            return RestartMs + _random.Next((window < LostSessionMs ? LostSessionMs : window) - RestartMs + 1);
        }

        private int Window() => Attempt >= LastAttempt ? CapMs : BaseMs << Attempt;

        private void CountTo(long attempt) => Attempt = attempt < 0 ? 0 : attempt > LastAttempt ? LastAttempt : (int)attempt;
    }
}
