using System;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Device.Connection;
using Makapix.Device.Host;
using Makapix.Device.Payloads;

namespace Makapix.Cli.Demo;

/// <summary>A device that runs, and what can be seen of it from outside.</summary>
internal sealed class DemoDevice : IAsyncDisposable
{
    private readonly DeviceHost _host;
    private readonly Task _life;

    /// <param name="blob">Its identity.</param>
    /// <param name="options">Where it goes, if not where its identity says.</param>
    public DemoDevice(ReadOnlyMemory<byte> blob, DeviceHostOptions? options = null)
    {
        _host = new DeviceHost(blob, options);
        _life = _host.RunAsync();
    }

    public bool IsOnline => _host.State == ConnectionState.Online;

    public int OnlineCount => _host.OnlineCount;

    public int Brightness => _host.Brightness;

    /// <summary>Payloads that it did not act on, for whatever cause.</summary>
    public int RejectedPayloads => Enum.GetValues<RejectCause>().Sum(_host.Rejected);

    /// <summary>The same by cause, for people.</summary>
    public string RejectedByCause => string.Join(", ", Enum.GetValues<RejectCause>().Where(cause => _host.Rejected(cause) > 0).Select(cause => $"{_host.Rejected(cause)} {RejectCauses.Name(cause)}"));

    /// <summary>Whether an attempt to connect has failed.</summary>
    public bool Attempted => _host.LastFailure != FailureCause.None;

    /// <summary>Whether the last attempt failed because the broker's certificate does not prove it.</summary>
    public bool SawThrough => _host.LastFailure == FailureCause.Untrusted;

    public string LastFailure => $"{FailureCauses.Name(_host.LastFailure)} ({_host.LastFailureDetail})";

    /// <summary>Waits for a condition.</summary>
    /// <exception cref="CheckFailedException">It did not come true in time.</exception>
    public async Task WaitAsync(string what, Func<bool> condition, TimeSpan patience, CancellationToken cancel)
    {
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            if (watch.Elapsed > patience)
            {
                throw new CheckFailedException($"{what}: not within {patience.TotalSeconds:0} s; the device is {_host.StateName}, last failure {LastFailure}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), cancel);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _host.Dispose();
        await _life;
    }
}
