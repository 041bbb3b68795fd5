namespace Makapix.Device.Payloads
{
    /// <summary>The commands this device has.</summary>
    public enum CommandType
    {
        /// <summary>None of them.</summary>
        Unknown,

        /// <summary><c>set_brightness</c>.</summary>
        SetBrightness,
    }
}
