namespace Makapix.Device
{
    /// <summary>Where the device says what it does. One line each; never a secret, never text that a peer chose.</summary>
    public interface IDeviceLog
    {
        /// <summary>Writes one line about something that went wrong, or that somebody will ask for.</summary>
        void Write(string line);

        /// <summary>Writes one line about a step of the usual way.</summary>
        void Step(string line);
    }
}
