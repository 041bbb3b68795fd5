using System;

namespace Makapix.Device.Host;

/// <summary>Passes lines on.</summary>
internal sealed class HostLog(Action<string>? write) : IDeviceLog
{
    public void Write(string line) => write?.Invoke(line);

    public void Step(string line) => write?.Invoke(line);
}
