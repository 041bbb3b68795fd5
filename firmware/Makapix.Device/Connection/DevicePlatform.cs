using Makapix.Device.Commands;
using Makapix.Device.Health;

namespace Makapix.Device.Connection
{
    /// <summary>All that the core needs of the world, one small interface each.</summary>
    public sealed class DevicePlatform
    {
        /// <summary>Creates it.</summary>
        public DevicePlatform(
            IMonotonicClock clock,
            IRandomSource random,
            INetwork network,
            ITimeSource time,
            ITimeFloorStore floor,
            IBrokerLinkFactory links,
            PlayerControls controls,
            ISystemMonitor monitor,
            IDeviceLog log)
        {
            Clock = clock;
            Random = random;
            Network = network;
            Time = time;
            Floor = floor;
            Links = links;
            Controls = controls;
            Monitor = monitor;
            Log = log;
        }

        /// <summary>Monotonic time.</summary>
        public IMonotonicClock Clock { get; }

        /// <summary>Jitter.</summary>
        public IRandomSource Random { get; }

        /// <summary>The way out.</summary>
        public INetwork Network { get; }

        /// <summary>Who tells the time.</summary>
        public ITimeSource Time { get; }

        /// <summary>What remembers it.</summary>
        public ITimeFloorStore Floor { get; }

        /// <summary>The MQTT client.</summary>
        public IBrokerLinkFactory Links { get; }

        /// <summary>What can be set.</summary>
        public PlayerControls Controls { get; }

        /// <summary>Free memory.</summary>
        public ISystemMonitor Monitor { get; }

        /// <summary>What is said aloud.</summary>
        public IDeviceLog Log { get; }
    }
}
