using Makapix.Device.Connection;

namespace Makapix.Device.Host;

/// <summary>Remembers as long as the process lives.</summary>
internal sealed class HostTimeFloor : ITimeFloorStore
{
    private long _seconds;

    public long Load() => _seconds;

    public void Save(long unixSeconds) => _seconds = unixSeconds;
}
