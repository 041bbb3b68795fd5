namespace Makapix.Device.Commands
{
    /// <summary>How many acknowledgements of failure the device gives: a few at once, then one every fifteen seconds. Garbage must not make it talk.</summary>
    internal sealed class ErrorAckBudget
    {
        public const int Burst = 4;
        public const long RefillMs = 15000;

        private int _left = Burst;
        private long _since;

        public bool TrySpend(long nowMs)
        {
            while (_left < Burst && nowMs - _since >= RefillMs)
            {
                _left++;
                _since += RefillMs;
            }

            if (_left == 0)
            {
                return false;
            }

            if (_left == Burst)
            {
                _since = nowMs;
            }

            _left--;
            return true;
        }
    }
}
