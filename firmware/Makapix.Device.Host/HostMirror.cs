using Makapix.Device.Commands;

namespace Makapix.Device.Host;

/// <summary>A picture in memory and its mirrors.</summary>
internal sealed class HostMirror : IMirror
{
    public string[] Values { get; } = ["none", "horizontal", "vertical", "both"];

    public string Value { get; private set; } = "none";

    public bool TrySet(string value)
    {
        Value = value;
        return true;
    }
}
