namespace Makapix.Device.Commands
{
    /// <summary>A budget that fills up again with time. It begins full.</summary>
    internal sealed class TokenBucket
    {
        // In these a token is counted, so that a millisecond's share of any rate is a whole number.
        private const long Unit = 60000;

        private readonly long _capacity;
        private readonly int _perMinute;
        private long _level;
        private long _filledAt;

        /// <param name="burst">Most tokens there can be.</param>
        /// <param name="perMinute">Tokens that come in a minute.</param>
        public TokenBucket(int burst, int perMinute)
        {
            _capacity = burst * Unit;
            _perMinute = perMinute;
            _level = _capacity;
        }

        /// <summary>Whether there are so many tokens.</summary>
        public bool Has(int tokens, long nowMs)
        {
            long passed = nowMs - _filledAt;
            _filledAt = nowMs;

            // After so long it is full, and the product below could overflow.
            bool full = passed * _perMinute / _perMinute != passed || _capacity - _level <= passed * _perMinute;
            _level = full ? _capacity : _level + (passed * _perMinute);
            return _level >= tokens * Unit;
        }

        /// <summary>Takes tokens that are there.</summary>
        public void Spend(int tokens) => _level -= tokens * Unit;
    }
}
