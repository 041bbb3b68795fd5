namespace Makapix.Device.Connection
{
    /// <summary>Where jitter comes from. Nothing secret does.</summary>
    public interface IRandomSource
    {
        /// <summary>A number from 0 to <paramref name="bound"/> - 1; <paramref name="bound"/> is greater than 0.</summary>
        int Next(int bound);
    }
}
