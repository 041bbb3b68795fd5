namespace Makapix.Device
{
    /// <summary>What a developer may set on a device, and within which bounds. Nothing here decides whom the device trusts, or what it does.</summary>
    public sealed class DeviceSettings
    {
        /// <summary>Seconds between two heartbeats, where nothing else is set.</summary>
        public const int DefaultTelemetrySeconds = 30;

        /// <summary>Fewest seconds between two heartbeats.</summary>
        public const int MinTelemetrySeconds = 10;

        /// <summary>Most seconds between two heartbeats: the server takes a player for offline after 3 minutes without.</summary>
        public const int MaxTelemetrySeconds = 60;

        /// <summary>The level at which nothing is said.</summary>
        public const int LogNothing = 0;

        /// <summary>The level at which failures are said.</summary>
        public const int LogFailures = 1;

        /// <summary>The level at which each step is said too.</summary>
        public const int LogSteps = 2;

        /// <summary>Creates settings; what is out of its bounds is brought to the nearer of them.</summary>
        public DeviceSettings(int logLevel = LogSteps, int telemetrySeconds = DefaultTelemetrySeconds)
        {
            LogLevel = Within(logLevel, LogNothing, LogSteps);
            TelemetrySeconds = Within(telemetrySeconds, MinTelemetrySeconds, MaxTelemetrySeconds);
        }

        /// <summary>One of the three levels.</summary>
        public int LogLevel { get; }

        /// <summary>Seconds between two heartbeats.</summary>
        public int TelemetrySeconds { get; }

        private static int Within(int value, int least, int most) => value < least ? least : value > most ? most : value;
    }
}
