using System;
using System.Net;
using System.Threading;
using System.Threading.Tasks;

namespace Makapix.Provisioning.Broker.Up;

/// <summary>A running HAProxy, as its unit runs it: a master, and a worker that a reload replaces.</summary>
internal sealed class FrontProcess : IAsyncDisposable
{
    private readonly LoggedProcess _process;

    private FrontProcess(LoggedProcess process) => _process = process;

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
        new(await LoggedProcess.StartAsync("haproxy", ["-W", "-f", configuration], "Loading success.", listen, heard, cancel));

    public Task WatchAsync(CancellationToken cancel) => _process.WatchAsync(cancel);

    public Task KillAsync(CancellationToken cancel) => _process.KillAsync(cancel);

    public Task EndAsync() => _process.EndAsync();

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
