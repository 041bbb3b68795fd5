using System;
using System.Collections.Generic;
using Makapix.Device.Connection;
using Makapix.Device.Health;

namespace Makapix.Device.Tests.Support;

/// <summary>Network, time, storage, memory and log, each as bad as a test wants it.</summary>
public sealed class FakeWorld(FakeClock clock) : INetwork, ITimeSource, ISystemMonitor, IDeviceLog
{
    public static readonly long StartUnix = DateTimeOffset.UtcNow.ToUnixTimeSeconds();

    public bool HasNetwork { get; set; } = true;

    /// <summary>How long joining takes, where it is not the usual.</summary>
    public TimeSpan? JoinTakes { get; set; }

    /// <summary>What each time server says; null for the truth.</summary>
    public Func<int, long>? TimeAnswers { get; set; }

    public int ServerCount { get; set; } = 1;

    public List<int> Asked { get; } = [];

    public long Clock { get; private set; }

    /// <summary>What the platform's own SNTP sets the clock to, unasked, each time the network is joined; 0 if it does not.</summary>
    public long ClockAfterJoining { get; set; }

    public List<string> Lines { get; } = [];

    public long FreeMemory => 70000;

    public long TrueUnix => StartUnix + (clock.NowMs / 1000);

    public bool TryJoin(string ssid, string password)
    {
        clock.Advance((long)(JoinTakes?.TotalMilliseconds ?? (HasNetwork ? 100 : 5000)));
        Clock = ClockAfterJoining == 0 ? Clock : ClockAfterJoining;
        return HasNetwork;
    }

    public long Ask(int server)
    {
        Asked.Add(server);
        clock.Advance(50);
        return TimeAnswers?.Invoke(server) ?? TrueUnix;
    }

    public void SetClock(long unixSeconds) => Clock = unixSeconds;

    /// <summary>What saying anything ends in.</summary>
    public Exception? LogThrows { get; set; }

    public void Write(string line) => Lines.Add(LogThrows is null ? line : throw LogThrows);

    public void Step(string line) => Lines.Add(line);
}
