using Makapix.Device.Commands;

namespace Makapix.Device.Tests.Support;

public sealed class FakeRotation : IRotation
{
    public int[] Values { get; } = [0, 90, 180, 270];

    public int Value { get; private set; }

    public bool TrySet(int value)
    {
        Value = value;
        return true;
    }
}
