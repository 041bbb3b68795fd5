using System.Collections.Generic;
using Makapix.Device.Connection;

namespace Makapix.EndToEnd.Tests.Fleet;

/// <summary>A policy that never waits, and remembers what it was told.</summary>
internal sealed class RecordingPolicy : IReconnectPolicy
{
    public List<long> Told { get; } = [];

    public int Attempt => 0;

    public int AfterFailure(long spentMs)
    {
        Told.Add(spentMs);
        return 0;
    }

    public int AfterSession(long onlineMs)
    {
        Told.Add(onlineMs);
        return 0;
    }
}
