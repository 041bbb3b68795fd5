namespace Makapix.Device
{
    /// <summary>Passes on what the settings want to hear.</summary>
    public sealed class LeveledLog : IDeviceLog
    {
        private readonly IDeviceLog _inner;
        private readonly int _level;

        /// <summary>Creates it.</summary>
        public LeveledLog(IDeviceLog inner, DeviceSettings settings)
        {
            _inner = inner;
            _level = settings.LogLevel;
        }

        /// <inheritdoc/>
        public void Write(string line)
        {
            if (_level >= DeviceSettings.LogFailures)
            {
                _inner.Write(line);
            }
        }

        /// <inheritdoc/>
        public void Step(string line)
        {
            if (_level >= DeviceSettings.LogSteps)
            {
                _inner.Step(line);
            }
        }
    }
}
