using System;
using Makapix.Device.Commands;
using Makapix.Device.Connection;
using Makapix.Device.Identity;
using Makapix.Device.NanoTests;
using Makapix.Testing;

namespace Makapix.Device.Tests.Support;

/// <summary>A whole device in simulated time.</summary>
public sealed class SimulatedDevice
{
    private static readonly byte[] Blob = new BlobBuilder().Build();

    private readonly IRandomSource _random;
    private bool _restarting;

    public SimulatedDevice(IRandomSource? random = null, byte[]? blob = null, Action<SimulatedDevice>? before = null)
    {
        _random = random ?? new DeviceRandom("test", 1);
        Clock = new FakeClock();
        World = new FakeWorld(Clock);
        Broker = new FakeBroker(Clock);
        before?.Invoke(this);
        Reading = IdentityReader.Read(blob ?? Blob);
        Life = Begin();
    }

    public FakeClock Clock { get; }

    public FakeWorld World { get; }

    public FakeBroker Broker { get; }

    public TestStorage Storage { get; } = new();

    public DeviceSettings Settings { get; set; } = new();

    public FakeBrightness Brightness { get; } = new();

    public IdentityReading Reading { get; }

    public DeviceLife Life { get; private set; }

    /// <summary>When the supervisor restarted the device.</summary>
    public System.Collections.Generic.List<long> Restarts { get; } = [];

    public string Topic(string suffix) => Reading.Identity!.TopicPrefix + suffix;

    /// <summary>Lets the supervisor look, as its thread would, and restart the device in the middle of whatever it is doing.</summary>
    public SimulatedDevice Supervised()
    {
        Clock.After(TimeSpan.FromMilliseconds(Supervisor.CheckMs), Check);
        return this;

        void Check()
        {
            Supervised();
            if (Life.MustRestart())
            {
                _restarting = true;
                throw new ChipReset();
            }
        }
    }

    /// <summary>Power off, power on.</summary>
    public void Reboot()
    {
        Life.Stop();
        Life = Begin();
    }

    /// <summary>Lives for a while.</summary>
    public void Run(TimeSpan time)
    {
        long end = Clock.NowMs + (long)time.TotalMilliseconds;
        while (Clock.NowMs < end)
        {
            Step(end);
        }
    }

    /// <summary>Lives until something is so, at most a few hours.</summary>
    public bool RunUntil(Func<bool> condition)
    {
        long end = Clock.NowMs + (4 * 3_600_000);
        while (!condition() && Clock.NowMs < end)
        {
            Step(end);
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

    private DeviceLife Begin() => new(
        Reading, new DevicePlatform(Clock, _random, World, World, Storage, Broker, new PlayerControls(null, Brightness, null, null), World, World, Settings));

    private void Step(long end)
    {
        try
        {
            int wait = Life.Step();
            if (!_restarting)
            {
                Clock.Advance(Clock.UntilNext(Math.Clamp(end - Clock.NowMs, 0, wait)));
            }
        }
        catch (ChipReset)
        {
            // In the middle of a wait.
        }

        if (_restarting)
        {
            // The life that was caught in its step has gone with the memory it lay in.
            _restarting = false;
            Restarts.Add(Clock.NowMs);
            Reboot();
        }
    }

    private sealed class ChipReset : Exception;
}
