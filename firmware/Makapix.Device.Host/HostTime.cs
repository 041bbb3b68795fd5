using System;
using Makapix.Device.Connection;

namespace Makapix.Device.Host;

/// <summary>The PC's clock: somebody else keeps it right. It is judged like any answer, and never set.</summary>
internal sealed class HostTime : ITimeSource
{
    public int ServerCount => 1;

    public long Ask(int server) => DateTimeOffset.UtcNow.ToUnixTimeSeconds();

    public void SetClock(long unixSeconds)
    {
    }
}
