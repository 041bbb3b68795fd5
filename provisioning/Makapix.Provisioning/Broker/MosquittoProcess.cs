using System;
using System.Net;
using System.Threading;
using System.Threading.Tasks;

namespace Makapix.Provisioning.Broker;

/// <summary>A running mosquitto: started, told to read its CRL and access list again, and ended.</summary>
public sealed class MosquittoProcess : IAsyncDisposable
{
    private readonly LoggedProcess _process;

    private MosquittoProcess(LoggedProcess process) => _process = process;

    /// <summary>Its process id.</summary>
    public int ProcessId => _process.ProcessId;

    /// <summary>The last lines that it logged.</summary>
    public string[] Log => _process.Log;

    /// <summary>CPU time that it has taken so far, its own and the system's for it.</summary>
    /// <exception cref="BrokerException">It has ended.</exception>
    public TimeSpan CpuTime => _process.CpuTime;

    internal bool HasExited => _process.HasExited;

    /// <summary>Writes the configuration, starts mosquitto, and returns once it accepts connections.</summary>
    /// <exception cref="BrokerException">It is not installed, or did not start; what it said is in the text.</exception>
    public static Task<MosquittoProcess> StartAsync(MosquittoOptions options, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(options);
        return StartAsync(MosquittoConfiguration.Write(options), options.Listen, null, cancel);
    }

    /// <summary>Makes it read the CRL and the access list again (SIGHUP). Live sessions go on: a revoked one ends at its next handshake.</summary>
    public Task ReloadAsync(CancellationToken cancel) => _process.SignalAsync("HUP", cancel);

    /// <summary>Ends it at once, as a crash would.</summary>
    public Task KillAsync(CancellationToken cancel) => _process.KillAsync(cancel);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _process.DisposeAsync();

    /// <param name="configuration">A mosquitto.conf that is there.</param>
    /// <param name="listen">What it says.</param>
    /// <param name="heard">Told of every line that it logs; null for nobody.</param>
    /// <param name="cancel">Ends it.</param>
    internal static async Task<MosquittoProcess> StartAsync(string configuration, IPEndPoint listen, Action<string>? heard, CancellationToken cancel) =>
        new(await LoggedProcess.StartAsync("mosquitto", ["-c", configuration], " running", listen, heard, cancel));

    internal Task EndAsync() => _process.EndAsync();
}
