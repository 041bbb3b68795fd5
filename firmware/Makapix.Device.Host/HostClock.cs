using System;
using Makapix.Device.Connection;

namespace Makapix.Device.Host;

/// <summary>Milliseconds since the PC started.</summary>
internal sealed class HostClock : IMonotonicClock
{
    public long NowMs => Environment.TickCount64;
}
