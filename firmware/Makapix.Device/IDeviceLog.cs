namespace Makapix.Device
{
    /// <summary>Where the device says what it does. One line each; never a secret, never text that a peer chose.</summary>
    public interface IDeviceLog
    {
        /// <summary>Writes one line.</summary>
        void Write(string line);
    }
}
