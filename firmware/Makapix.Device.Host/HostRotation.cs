using Makapix.Device.Commands;

namespace Makapix.Device.Host;

/// <summary>A picture in memory that turns by quarters.</summary>
internal sealed class HostRotation : IRotation
{
    public int[] Values { get; } = [0, 90, 180, 270];

    public int Value { get; private set; }

    public bool TrySet(int value)
    {
        Value = value;
        return true;
    }
}
