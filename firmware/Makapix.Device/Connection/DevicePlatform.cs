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
            IStorage storage,
            IBrokerLinkFactory links,
            PlayerControls controls,
            ISystemMonitor monitor,
            IDeviceLog log,
            DeviceSettings settings,
            IReconnectPolicy? reconnect = null)
        {
            Clock = clock;
            Random = random;
            Network = network;
            Time = time;
            Storage = storage;
            Links = links;
            Controls = controls;
            Monitor = monitor;
            Log = new LeveledLog(log, settings);
            Settings = settings;
            Reconnect = reconnect;
        }

        /// <summary>Monotonic time.</summary>
        public IMonotonicClock Clock { get; }

        /// <summary>Jitter.</summary>
        public IRandomSource Random { get; }

        /// <summary>The way out.</summary>
        public INetwork Network { get; }

        /// <summary>Who tells the time.</summary>
        public ITimeSource Time { get; }

        /// <summary>What survives a power cut.</summary>
        public IStorage Storage { get; }

        /// <summary>The MQTT client.</summary>
        public IBrokerLinkFactory Links { get; }

        /// <summary>What can be set.</summary>
        public PlayerControls Controls { get; }

        /// <summary>Free memory.</summary>
        public ISystemMonitor Monitor { get; }

        /// <summary>What is said aloud.</summary>
        public IDeviceLog Log { get; }

        /// <summary>What a developer has set.</summary>
        public DeviceSettings Settings { get; }

        /// <summary>What takes the place of the device's own backoff; null on every device, and not null where a fleet is simulated.</summary>
        public IReconnectPolicy? Reconnect { get; }
    }
}
