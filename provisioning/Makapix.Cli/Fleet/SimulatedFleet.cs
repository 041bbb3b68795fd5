using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Device.Connection;

namespace Makapix.Cli.Fleet;

/// <summary>Devices that all reconnect in one way.</summary>
internal sealed class SimulatedFleet : IAsyncDisposable
{
    // So few on their way at a time that none has to wait for the broker, and none begins with a failure.
    private const int AtOnce = 16;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly SimulatedDevice[] _devices;

    public SimulatedFleet(IReadOnlyList<SimulatedIdentity> identities, ReconnectStrategy strategy)
    {
        _devices = [.. identities.Select((identity, number) => new SimulatedDevice(number, identity, strategy, Recorder))];
    }

    public FleetRecorder Recorder { get; } = new();

    public int Size => _devices.Length;

    /// <summary>Brings one after the other online, the first time.</summary>
    /// <exception cref="CliException">One of them did not come.</exception>
    public async Task StartAsync(CancellationToken cancel)
    {
        var coming = new Queue<SimulatedDevice>();
        foreach (var device in _devices)
        {
            if (coming.Count == AtOnce)
            {
                await AwaitAsync(coming.Dequeue(), cancel);
            }

            device.Start();
            coming.Enqueue(device);
        }

        foreach (var device in coming)
        {
            await AwaitAsync(device, cancel);
        }
    }

    /// <summary>Attempts and sessions that have ended so far, by cause.</summary>
    public Dictionary<string, int> Failures() => Enum.GetValues<FailureCause>()
        .Select(cause => (Name: FailureCauses.Name(cause), Count: _devices.Sum(device => device.Failures(cause))))
        .Where(one => one.Count > 0)
        .ToDictionary(one => one.Name, one => one.Count);

    public async ValueTask DisposeAsync()
    {
        foreach (var device in _devices)
        {
            device.Dispose();
        }

        await Task.Run(() => Array.ForEach(_devices, device => device.Join()));
    }

    private async Task AwaitAsync(SimulatedDevice device, CancellationToken cancel)
    {
        try
        {
            await device.FirstOnline.WaitAsync(Patience, cancel);
        }
        catch (TimeoutException e)
        {
            throw new CliException(
                "062", $"{Recorder.Online} of {Size} devices came online, then one did not: {device.LastFailure}.", "Simulate fewer with --devices, or on a machine with less to do.", e);
        }
    }
}
