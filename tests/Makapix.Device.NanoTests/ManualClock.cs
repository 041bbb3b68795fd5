using Makapix.Device.Connection;

namespace Makapix.Device.NanoTests
{
    /// <summary>Time that stands until it is moved.</summary>
    public sealed class ManualClock : IMonotonicClock
    {
        public long NowMs { get; set; } = 1000;
    }
}
