using Makapix.Device.Commands;

namespace Makapix.Device.Tests.Support;

public sealed class FakePause : IPause
{
    public bool IsPaused { get; private set; }

    public bool TrySet(bool paused)
    {
        IsPaused = paused;
        return true;
    }
}
