using System;
using System.Collections.Immutable;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Provisioning.Broker.Kit;

namespace Makapix.Provisioning.Broker.Up;

/// <summary>A broker that is kept as its unit keeps it: ended when its memory passes the bound, as the kernel would, and started again whenever it has ended.</summary>
internal sealed class KeptBroker : IAsyncDisposable
{
    // Starts in a row that do not come about, until it is given up: a file or a port that is wrong does not mend itself.
    private const int Tries = 8;
    private const int LogLines = 200;
    private const int LastLines = 5;

    // RestartSec of the unit.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    private readonly KitBroker _broker;
    private readonly string _configuration;
    private readonly long _bound;
    private readonly Action<string>? _heard;
    private readonly Action _restarted;
    private readonly CancellationTokenSource _stop = new();
    private volatile MosquittoProcess _process;
    private volatile ProcessMark _mark;
    private volatile string[] _before = [];
    private volatile int _restarts;
    private Task _keeping = Task.CompletedTask;

    private KeptBroker(KitBroker broker, string configuration, long bound, Action<string>? heard, Action restarted, MosquittoProcess process)
    {
        (_broker, _configuration, _bound, _heard, _restarted, _process) = (broker, configuration, bound, heard, restarted, process);
        _mark = ProcessMark.Of(broker.Name, process.ProcessId);
    }

    /// <summary>The process that it is now.</summary>
    public ProcessMark Mark => _mark;

    /// <summary>How often it was started again.</summary>
    public int Restarts => _restarts;

    /// <summary>Whether it could not be started again.</summary>
    public bool HasFailed => _keeping.IsFaulted;

    /// <summary>The last lines that it logged, those of the processes before it too.</summary>
    public ImmutableArray<string> Log => [.. _before.Concat(_process.Log).TakeLast(LogLines)];

    /// <summary>Starts it, and returns once it runs.</summary>
    /// <param name="broker">Its name, and where it listens.</param>
    /// <param name="configuration">A mosquitto.conf that is there.</param>
    /// <param name="bound">Bytes of it that may be in memory.</param>
    /// <param name="heard">Told of every line that it logs, and why it was started again; null for nobody.</param>
    /// <param name="restarted">Told when it runs again, as another process.</param>
    /// <param name="cancel">Ends the start.</param>
    /// <exception cref="BrokerException">002 to 004, 030: see <see cref="LoggedProcess"/>.</exception>
    public static async Task<KeptBroker> StartAsync(KitBroker broker, string configuration, long bound, Action<string>? heard, Action restarted, CancellationToken cancel)
    {
        var kept = new KeptBroker(broker, configuration, bound, heard, restarted, await LaunchAsync(broker, configuration, heard, cancel));
        kept._keeping = kept.KeepAsync(kept._stop.Token);
        return kept;
    }

    /// <summary>Waits until it cannot be started again.</summary>
    /// <exception cref="BrokerException">003, 004, 030: what kept it from it.</exception>
    public Task WatchAsync(CancellationToken cancel) => _keeping.WaitAsync(cancel);

    /// <summary>Ends it as its service manager would.</summary>
    public async Task EndAsync()
    {
        await LetGoAsync();
        await _process.EndAsync();
    }

    /// <summary>Ends it at once, as a crash of the machine would.</summary>
    public async Task KillAsync(CancellationToken cancel)
    {
        await LetGoAsync();
        await _process.KillAsync(cancel);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await LetGoAsync();
        await _process.DisposeAsync();
        _stop.Dispose();
    }

    private static Task<MosquittoProcess> LaunchAsync(KitBroker broker, string configuration, Action<string>? heard, CancellationToken cancel) =>
        MosquittoProcess.StartAsync(configuration, new IPEndPoint(IPAddress.Loopback, broker.Port), heard, cancel);

    private async Task LetGoAsync()
    {
        await _stop.CancelAsync();
        await _keeping.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task KeepAsync(CancellationToken stop)
    {
        while (true)
        {
            var why = await UntilEndedAsync(stop);
            var ended = _process;
            var next = await StartAgainAsync(stop);
            _before = [.. Log, Say(why)];
            (_process, _mark) = (next, ProcessMark.Of(_broker.Name, next.ProcessId));
            _restarts++;
            await ended.DisposeAsync();
            _restarted();
        }
    }

    private async Task<string> UntilEndedAsync(CancellationToken stop)
    {
        while (!_process.HasExited)
        {
            if (ProcessTable.ResidentBytes(_process.ProcessId) > _bound)
            {
                await _process.KillAsync(stop);
                return $"its memory passed {_bound >> 20} MiB: ended and started again";
            }

            await Task.Delay(Look, stop);
        }

        return $"ended by itself: {string.Join(" / ", _process.Log.TakeLast(LastLines))}: started again";
    }

    private async Task<MosquittoProcess> StartAgainAsync(CancellationToken stop)
    {
        for (var tries = 1; ; tries++)
        {
            await Task.Delay(Pause, stop);
            try
            {
                return await LaunchAsync(_broker, _configuration, _heard, stop);
            }
            catch (BrokerException e) when (tries < Tries)
            {
                Say(e.Message);
            }
        }
    }

    private string Say(string words)
    {
        _heard?.Invoke(words);
        return words;
    }
}
