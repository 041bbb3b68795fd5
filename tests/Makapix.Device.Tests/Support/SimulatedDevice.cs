using System;
using Makapix.Device.Commands;
using Makapix.Device.Connection;
using Makapix.Device.Identity;

namespace Makapix.Device.Tests.Support;

/// <summary>A whole device in simulated time.</summary>
public sealed class SimulatedDevice
{
    private static readonly byte[] Blob = new BlobBuilder().Build();

    public SimulatedDevice(IRandomSource? random = null, byte[]? blob = null, Action<SimulatedDevice>? before = null)
    {
        Clock = new FakeClock();
        World = new FakeWorld(Clock);
        Broker = new FakeBroker(Clock);
        before?.Invoke(this);
        Reading = IdentityReader.Read(blob ?? Blob);
        Life = new DeviceLife(
            Reading, new DevicePlatform(Clock, random ?? new DeviceRandom("test", 1), World, World, World, Broker, new PlayerControls(null, Brightness, null, null), World, World));
    }

    public FakeClock Clock { get; }

    public FakeWorld World { get; }

    public FakeBroker Broker { get; }

    public FakeBrightness Brightness { get; } = new();

    public IdentityReading Reading { get; }

    public DeviceLife Life { get; }

    public string Topic(string suffix) => Reading.Identity!.TopicPrefix + suffix;

    /// <summary>Lives for a while.</summary>
    public void Run(TimeSpan time)
    {
        long end = Clock.NowMs + (long)time.TotalMilliseconds;
        while (Clock.NowMs < end)
        {
            int wait = Life.Step();
            Clock.Advance(Clock.UntilNext(Math.Min(wait, end - Clock.NowMs)));
        }
    }

    /// <summary>Lives until something is so, at most an hour.</summary>
    public bool RunUntil(Func<bool> condition)
    {
        long end = Clock.NowMs + 3_600_000;
        while (!condition() && Clock.NowMs < end)
        {
            Clock.Advance(Clock.UntilNext(Life.Step()));
        }

        return condition();
    }

    public SimulatedDevice Online()
    {
        // Online, and all of the presence published.
        if (!RunUntil(() => Life.State == ConnectionState.Online) || !RunUntil(() => Broker.Published.Count >= 3 * Life.Health.OnlineCount))
        {
            throw new InvalidOperationException($"The simulated device is {ConnectionStates.Name(Life.State)}, not online.");
        }

        return this;
    }

    public string Command(string value, Guid? id = null, long? issuedAt = null) =>
        $$"""{"command_id": "{{id ?? Guid.NewGuid()}}", "command_type": "set_brightness", "payload": {"value": {{value}}}, "timestamp": "{{CommandText.Time(issuedAt ?? World.TrueUnix)}}"}""";
}
