using Makapix.Device.Connection;

namespace Makapix.Device.NanoTests
{
    /// <summary>Always the given fraction of the range.</summary>
    public sealed class FixedRandom : IRandomSource
    {
        private readonly double _fraction;

        public FixedRandom(double fraction)
        {
            _fraction = fraction;
        }

        public int Next(int bound)
        {
            int drawn = (int)(bound * _fraction);
            return drawn < bound ? drawn : bound - 1;
        }
    }
}
