using Makapix.Device.Connection;
using Makapix.Device.Payloads;

namespace Makapix.Device.Health
{
    /// <summary>What went wrong since boot, by cause. The numbers stop at their largest instead of beginning again.</summary>
    public sealed class HealthCounters
    {
        private readonly int[] _failures = new int[FailureCauses.Count];
        private readonly int[] _rejected = new int[RejectCauses.Count];

        /// <summary>Times the device came online.</summary>
        public int OnlineCount { get; private set; }

        /// <summary>Connection attempts and sessions that ended for a cause.</summary>
        public int Failures(FailureCause cause) => _failures[(int)cause];

        /// <summary>Messages that were not acted upon for a cause.</summary>
        public int Rejected(RejectCause cause) => _rejected[(int)cause];

        internal void CountOnline() => OnlineCount = Next(OnlineCount);

        internal void CountFailure(FailureCause cause) => _failures[(int)cause] = Next(_failures[(int)cause]);

        internal void CountRejected(RejectCause cause) => _rejected[(int)cause] = Next(_rejected[(int)cause]);

        private static int Next(int count) => count == int.MaxValue ? count : count + 1;
    }
}
