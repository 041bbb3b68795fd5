using System;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Device.Commands;
using Makapix.Device.Connection;
using Makapix.Device.Identity;
using Makapix.Device.Payloads;

namespace Makapix.Device.Host;

/// <summary>
/// A device on a PC: the firmware's own core, from a 4096-byte identity blob, with .NET's TLS where mbedTLS would be. One thread drives it, as on the
/// device. A blank or damaged blob is no error: the device is then not provisioned, says so, and waits, as a real one does.
/// </summary>
public sealed class DeviceHost : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly HostTlsConnector _connector;
    private readonly HostBrightness _brightness = new();
    private readonly DeviceLife _life;
    private volatile ConnectionState _state;
    private volatile int _onlineCount;
    private int _running;

    /// <summary>Creates the device; <see cref="Run"/> or <see cref="RunAsync"/> starts it.</summary>
    /// <param name="blob">The identity blob; not kept.</param>
    /// <param name="options">Options; null for none.</param>
    public DeviceHost(ReadOnlyMemory<byte> blob, DeviceHostOptions? options = null)
    {
        options ??= new DeviceHostOptions();
        options.Validate();
        IdentityReading reading = IdentityReader.Read(blob.ToArray());
        IdentityState = reading.State;
        DeviceId = reading.Identity?.DeviceId;
        var clock = new HostClock();
        var log = new HostLog(options.Log);
        _connector = new HostTlsConnector(options, log, _stop.Token);
        _life = new DeviceLife(
            reading,
            new DevicePlatform(
                clock,
                new DeviceRandom(DeviceId ?? "", Random.Shared.NextInt64()),
                new HostNetwork(),
                new HostTime(),
                new HostStorage(),
                new HostLinkFactory(_connector, clock, options.Observer),
                new PlayerControls(new HostPause(), _brightness, new HostRotation(), new HostMirror()),
                new HostMonitor(),
                log,
                options.Settings,
                options.Reconnect));
        _state = _life.State;
    }

    /// <summary>Raised on the device's thread when <see cref="State"/> or <see cref="OnlineCount"/> has changed. Do not block in it.</summary>
    public event EventHandler? StateChanged;

    /// <summary>What was found in the blob.</summary>
    public IdentityState IdentityState { get; }

    /// <summary>The device id; null if it is not provisioned.</summary>
    public string? DeviceId { get; }

    /// <summary>Where the device is in its life.</summary>
    public ConnectionState State => _state;

    /// <summary>The name of <see cref="State"/>.</summary>
    public string StateName => ConnectionStates.Name(_state);

    /// <summary>Why the last attempt or session ended.</summary>
    public FailureCause LastFailure => _life.LastFailure;

    /// <summary>The platform's words on the last failure to connect; null if there was none.</summary>
    public string? LastFailureDetail => _connector.LastFailure;

    /// <summary>How often the device has come online.</summary>
    public int OnlineCount => _onlineCount;

    /// <summary>What the brightness is set to.</summary>
    public int Brightness => _brightness.Value;

    /// <summary>Attempts and sessions that ended for a cause.</summary>
    public int Failures(FailureCause cause) => _life.Health.Failures(cause);

    /// <summary>Messages that were not acted upon for a cause.</summary>
    public int Rejected(RejectCause cause) => _life.Health.Rejected(cause);

    /// <summary>Lives on the calling thread until <paramref name="cancellation"/> or <see cref="Dispose"/>; once only.</summary>
    /// <exception cref="InvalidOperationException">It has lived already.</exception>
    public void Run(CancellationToken cancellation = default)
    {
        if (Interlocked.Exchange(ref _running, 1) != 0)
        {
            throw new InvalidOperationException("A device lives once.");
        }

        CancellationToken stop = _stop.Token;
        using CancellationTokenRegistration link = cancellation.Register(_stop.Cancel);
        Publish();
        while (!stop.IsCancellationRequested)
        {
            int wait = _life.Step();
            if (!stop.IsCancellationRequested)
            {
                Publish();
                _ = wait > 0 && stop.WaitHandle.WaitOne(wait);
            }
        }

        _life.Stop();
        _connector.Dispose();
        Publish();
    }

    /// <summary>The same on a thread of its own; the task ends when the device has stopped.</summary>
    public Task RunAsync(CancellationToken cancellation = default) =>
        Task.Factory.StartNew(() => Run(cancellation), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>Waits until something is so; asked again whenever <see cref="StateChanged"/> is raised.</summary>
    /// <param name="condition">Asked on the device's thread.</param>
    /// <param name="timeout">How long to wait.</param>
    /// <param name="cancellation">Ends the waiting, not the device.</param>
    /// <exception cref="TimeoutException">It was not so in time.</exception>
    public async Task WhenAsync(Func<DeviceHost, bool> condition, TimeSpan timeout, CancellationToken cancellation = default)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Check(object? sender, EventArgs e)
        {
            if (condition(this))
            {
                reached.TrySetResult();
            }
        }

        StateChanged += Check;
        try
        {
            Check(this, EventArgs.Empty);
            await reached.Task.WaitAsync(timeout, cancellation);
        }
        finally
        {
            StateChanged -= Check;
        }
    }

    /// <summary>Asks the device to stop, from any thread; whoever runs it sees it end at once.</summary>
    public void Dispose() => _stop.Cancel();

    private void Publish()
    {
        ConnectionState state = _life.State;
        int onlineCount = _life.Health.OnlineCount;
        if (state != _state || onlineCount != _onlineCount)
        {
            _state = state;
            _onlineCount = onlineCount;
            StateChanged?.Invoke(this, EventArgs.Empty);
        }
    }
}
