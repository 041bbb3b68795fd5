using System;
using System.Collections.Generic;
using Makapix.Device;
using Makapix.Device.Commands;
using Makapix.Device.Connection;
using Makapix.Device.Health;

namespace Makapix.Footprint;

/// <summary>A platform that always works, in simulated time: a network, the right time, storage, a display.</summary>
internal sealed class SmallWorld : IMonotonicClock, INetwork, ITimeSource, IStorage, ISystemMonitor, IDeviceLog, IBrightness, IRotation
{
    private static readonly long StartUnix = DateTimeOffset.UtcNow.ToUnixTimeSeconds();

    private readonly Dictionary<string, byte[]> _files = [];
    private int _brightness = 50;
    private int _rotation;

    public long NowMs { get; private set; } = 1000;

    public long NowUnix => StartUnix + (NowMs / 1000);

    public int ServerCount => 1;

    public long FreeMemory => 70_000;

    public int Min => 0;

    public int Max => 100;

    public int Step => 1;

    public int[] Values { get; } = [0, 90, 180, 270];

    int IBrightness.Value => _brightness;

    int IRotation.Value => _rotation;

    public void Advance(long ms) => NowMs += ms;

    public bool TryJoin(string ssid, string password) => true;

    public long Ask(int server) => NowUnix;

    public void SetClock(long unixSeconds)
    {
    }

    public bool Exists(string name) => _files.ContainsKey(name);

    public byte[]? Read(string name) => _files.GetValueOrDefault(name);

    public bool Write(string name, byte[] data)
    {
        _files[name] = data;
        return true;
    }

    public void Delete(string name) => _files.Remove(name);

    public void Write(string line)
    {
    }

    void IDeviceLog.Step(string line)
    {
    }

    bool IBrightness.TrySet(int value)
    {
        _brightness = value;
        return true;
    }

    bool IRotation.TrySet(int value)
    {
        _rotation = value;
        return true;
    }
}
