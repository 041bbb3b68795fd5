namespace Makapix.Device.Commands
{
    /// <summary>Whether the picture stands still.</summary>
    public interface IPause
    {
        /// <summary>Whether it does.</summary>
        bool IsPaused { get; }

        /// <summary>Sets it. False if the hardware did not follow.</summary>
        bool TrySet(bool paused);
    }
}
