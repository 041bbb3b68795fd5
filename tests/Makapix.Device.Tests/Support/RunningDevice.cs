using System;
using System.Collections.Concurrent;
using System.Threading.Tasks;
using Makapix.Device.Host;

namespace Makapix.Device.Tests.Support;

/// <summary>A hosted device that runs, and waiting for what it does.</summary>
public sealed class RunningDevice : IAsyncDisposable
{
    private readonly Task _run;

    public RunningDevice(byte[] blob, DeviceHostOptions? options = null)
    {
        Host = new DeviceHost(blob, (options ?? new DeviceHostOptions()) with { Log = Lines.Enqueue });
        _run = Host.RunAsync();
    }

    public DeviceHost Host { get; }

    public ConcurrentQueue<string> Lines { get; } = new();

    public async Task UntilAsync(Func<DeviceHost, bool> condition, int seconds = 60)
    {
        try
        {
            await Host.WhenAsync(condition, TimeSpan.FromSeconds(seconds));
        }
        catch (TimeoutException)
        {
            throw new InvalidOperationException($"The device is {Host.StateName}; it said:\n{string.Join('\n', Lines)}");
        }
    }

    public async Task StopAsync(int seconds = 60)
    {
        Host.Dispose();
        await _run.WaitAsync(TimeSpan.FromSeconds(seconds));
    }

    public async ValueTask DisposeAsync() => await StopAsync();
}
