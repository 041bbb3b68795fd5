using System;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Device.Connection;
using Makapix.Device.Host;

namespace Makapix.Cli.Fleet;

/// <summary>One hosted device of a fleet: the firmware's core with its own certificate, on a thread of its own, its doings taken down.</summary>
internal sealed class SimulatedDevice : IDeviceObserver, IDisposable
{
    // Of a thousand threads; what a handshake needs of it fits several times.
    private const int StackBytes = 512 * 1024;

    // Capabilities, state and status: all that a device says of itself at the beginning of a session.
    private const int PresenceMessages = 3;

    private readonly int _number;
    private readonly FleetRecorder _recorder;
    private readonly ObservedPolicy _policy;
    private readonly DeviceHost _host;
    private readonly Thread _thread;
    private readonly TaskCompletionSource _online = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _confirmed;
    private bool _isOnline;

    public SimulatedDevice(int number, SimulatedIdentity identity, ReconnectStrategy strategy, FleetRecorder recorder)
    {
        _number = number;
        _recorder = recorder;
        _policy = new ObservedPolicy(strategy.Create(identity.DeviceId), recorder);
        _host = new DeviceHost(identity.Blob, new DeviceHostOptions { Reconnect = _policy, Observer = this });
        _host.StateChanged += (_, _) => TakeState();
        _thread = new Thread(() => _host.Run(), StackBytes) { IsBackground = true };
    }

    /// <summary>Ends once it has been online for the first time.</summary>
    public Task FirstOnline => _online.Task;

    /// <summary>Why its last attempt failed, for people.</summary>
    public string LastFailure => $"{FailureCauses.Name(_host.LastFailure)} ({_host.LastFailureDetail})";

    /// <summary>Attempts and sessions that ended for a cause.</summary>
    public int Failures(FailureCause cause) => _host.Failures(cause);

    /// <exception cref="CliException">The system has no thread for it.</exception>
    public void Start()
    {
        try
        {
            _thread.Start();
        }
        catch (OutOfMemoryException e)
        {
            throw new CliException("061", $"the system gives no thread to device {_number + 1}.", "Raise its limit (ulimit -u, or pids.max of the control group), or simulate fewer with --devices.", e);
        }
    }

    void IDeviceObserver.Connecting() => _recorder.Attempt(_number, _policy.DueAtMs);

    void IDeviceObserver.Confirmed()
    {
        if (++_confirmed == PresenceMessages)
        {
            _isOnline = true;
            _recorder.CameOnline(_number);
            _online.TrySetResult();
        }
    }

    /// <summary>Asks it to stop; <see cref="Join"/> waits until it has.</summary>
    public void Dispose() => _host.Dispose();

    public void Join()
    {
        if (_thread.ThreadState.HasFlag(ThreadState.Unstarted))
        {
            return;
        }

        _thread.Join();
    }

    private void TakeState()
    {
        if (_host.State == ConnectionState.Online)
        {
            _confirmed = 0;
        }
        else if (_isOnline)
        {
            _isOnline = false;
            _recorder.WentOffline(_number);
        }
    }
}
