namespace Makapix.Device.App
{
    /// <summary>The members of the settings file; what it leaves out keeps its default.</summary>
    public sealed class StoredSettings
    {
        /// <summary>0 nothing, 1 failures, 2 each step.</summary>
        public int LogLevel { get; set; } = DeviceSettings.LogSteps;

        /// <summary>Seconds between two heartbeats.</summary>
        public int TelemetrySeconds { get; set; } = DeviceSettings.DefaultTelemetrySeconds;
    }
}
