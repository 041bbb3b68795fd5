using Makapix.Device.Commands;

namespace Makapix.Device.Tests.Support;

public sealed class FakeMirror : IMirror
{
    public string[] Values { get; } = ["none", "horizontal"];

    public string Value { get; private set; } = "none";

    public bool TrySet(string value)
    {
        Value = value;
        return true;
    }
}
