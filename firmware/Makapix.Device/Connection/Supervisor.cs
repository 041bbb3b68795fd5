namespace Makapix.Device.Connection
{
    /// <summary>
    /// Notices a step that does not end: a driver that never returns, a name server that never answers. The life tells it of each step and each wait; a
    /// thread of its own asks it. Waiting is progress for as long as it was announced, however long that is. Before a restart it waits a while by
    /// chance: what stalls one device, a broker that accepts and stays silent for one, may stall the whole fleet.
    /// </summary>
    public sealed class Supervisor
    {
        /// <summary>Longest step, in milliseconds: more than joining, resolving, connecting and shaking hands take together when each runs into its own limit.</summary>
        public const int StepLimitMs = 180000;

        /// <summary>Restarts are spread over this many milliseconds.</summary>
        public const int SpreadMs = 15000;

        /// <summary>
        /// Longest life between two restarts, in days, and over how many before it they are spread. The device's clock counts milliseconds from a 32-bit tick of
        /// 10 ms, and so do nanoCLR's own sleeps and time limits: after 497 days all of them begin again at 0, and whatever waits for a later moment waits for ever.
        /// </summary>
        public const int LongestLifeDays = 360, LifeSpreadDays = 60;

        /// <summary>How often to ask, in milliseconds.</summary>
        public const int CheckMs = 1000;

        // Read and written by two threads: 64 bits are not one access on a 32-bit chip.
        private readonly object _lock = new object();
        private readonly IMonotonicClock _clock;
        private readonly IRandomSource _random;
        private readonly long _oldAt;
        private long _dueAt;
        private long _restartAt;
        private bool _stalled;

        /// <summary>Creates it; the life has as long for its first step as for any.</summary>
        /// <param name="clock">Monotonic time.</param>
        /// <param name="random">Jitter; not the life's own, which another thread uses.</param>
        public Supervisor(IMonotonicClock clock, IRandomSource random)
        {
            _clock = clock;
            _random = random;
            _dueAt = clock.NowMs + StepLimitMs;
            _oldAt = clock.NowMs + (LongestLifeDays * UnixTime.Day * 1000) - (random.Next((int)(LifeSpreadDays * UnixTime.Day)) * 1000L);
        }

        /// <summary>Whether the device has lived so long that it is to be restarted before its clock begins again.</summary>
        public bool IsOld => _clock.NowMs >= _oldAt;

        /// <summary>The life goes on: a step begins, or one has ended and the next begins in so many milliseconds.</summary>
        public void Progress(int waitMs)
        {
            lock (_lock)
            {
                _dueAt = _clock.NowMs + waitMs + StepLimitMs;
                _stalled = false;
            }
        }

        /// <summary>Whether the device is to be restarted now, since a step does not end.</summary>
        public bool IsRestartDue()
        {
            lock (_lock)
            {
                long now = _clock.NowMs;
                if (now < _dueAt)
                {
                    return false;
                }

                if (!_stalled)
                {
                    _stalled = true;
                    _restartAt = now + _random.Next(SpreadMs + 1);
                }

                return now >= _restartAt;
            }
        }
    }
}
