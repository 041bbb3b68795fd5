using Makapix.Device.Commands;

namespace Makapix.Device.Host;

/// <summary>A light in memory, with the backlight's range.</summary>
internal sealed class HostBrightness : IBrightness
{
    private volatile int _value = 50;

    public int Min => 0;

    public int Max => 100;

    public int Step => 1;

    public int Value => _value;

    public bool TrySet(int value)
    {
        _value = value;
        return true;
    }
}
