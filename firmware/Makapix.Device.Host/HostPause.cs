using Makapix.Device.Commands;

namespace Makapix.Device.Host;

/// <summary>A picture in memory that stands still when told to.</summary>
internal sealed class HostPause : IPause
{
    public bool IsPaused { get; private set; }

    public bool TrySet(bool paused)
    {
        IsPaused = paused;
        return true;
    }
}
