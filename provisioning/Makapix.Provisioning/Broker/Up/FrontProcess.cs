using System;
using System.Net;
using System.Threading;
using System.Threading.Tasks;

namespace Makapix.Provisioning.Broker.Up;

/// <summary>A running HAProxy, as its unit runs it: a master, and a worker that a reload replaces.</summary>
internal sealed class FrontProcess : IAsyncDisposable
{
    private readonly LoggedProcess _process;
    private readonly IPEndPoint _listen;

    private FrontProcess(LoggedProcess process, IPEndPoint listen) => (_process, _listen) = (process, listen);

    /// <summary>The master's.</summary>
    public int ProcessId => _process.ProcessId;

    public string[] Log => _process.Log;

    public bool HasExited => _process.HasExited;

    /// <param name="configuration">A haproxy.cfg that is there.</param>
    /// <param name="listen">Where it says that players come in.</param>
    /// <param name="heard">Told of every line that it logs; null for nobody.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="BrokerException">002 to 004, 030: see <see cref="LoggedProcess"/>.</exception>
    public static async Task<FrontProcess> StartAsync(string configuration, IPEndPoint listen, Action<string>? heard, CancellationToken cancel) =>
        new(await LoggedProcess.StartAsync("haproxy", ["-W", "-f", configuration], "Loading success.", listen, heard, cancel), listen);

    /// <summary>Starts a worker by the file as it is now. The one before it takes nobody any more, and stays until its last session ends.</summary>
    public Task ReloadAsync(CancellationToken cancel) => _process.RestartBySignalAsync("USR2", _listen, cancel);

    public Task EndAsync() => _process.EndAsync();

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
