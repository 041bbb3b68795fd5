namespace Makapix.Device.Health
{
    /// <summary>What the platform knows of itself.</summary>
    public interface ISystemMonitor
    {
        /// <summary>Free memory in bytes.</summary>
        long FreeMemory { get; }
    }
}
