using System;
using System.Diagnostics;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;

namespace Makapix.Provisioning.Broker.Up;

/// <summary>A running HAProxy, as its unit runs it: a master, and a worker that a reload replaces.</summary>
internal sealed class FrontProcess : IAsyncDisposable
{
    private const int UserSignal2 = 12;

    private static readonly TimeSpan ReloadLimit = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

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

    /// <summary>Asks HAProxy whether it would take a file.</summary>
    /// <exception cref="BrokerException">048: it would not; what it said is in the text.</exception>
    public static async Task JudgeAsync(string configuration, CancellationToken cancel)
    {
        // To its end, which is near: its file goes afterwards.
        var (exitCode, said) = await AskedProgram.AskAsync("haproxy", ["-c", "-f", configuration], CancellationToken.None);
        cancel.ThrowIfCancellationRequested();
        if (exitCode != 0)
        {
            var alerts = said.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line.Contains("[ALERT]", StringComparison.Ordinal));
            throw new BrokerException("048", $"HAProxy does not take the front's new file, and nothing was changed: {string.Join(" / ", alerts)}.", "Mend what it names, then reload again.");
        }
    }

    /// <summary>Has a master read its file again and start a worker by it. The worker before stays until its last session ends.</summary>
    /// <exception cref="BrokerException">040: it has no new worker. 053: it is gone.</exception>
    public static async Task ReloadAsync(ProcessMark master, CancellationToken cancel)
    {
        // A master replaces itself once it has a worker, and until then drops the signal: one told right after a start or a reload would never hear it.
        await UntilAsync(master, () => ProcessTable.Catches(master.Id, UserSignal2), "does not take its signals", cancel);
        var before = ProcessTable.Children(master.Id);
        await ProcessSignal.SendAsync(master.Id, "USR2", cancel);
        await UntilAsync(master, () => ProcessTable.Children(master.Id).Except(before).Any(), "has no new worker", cancel);
    }

    public Task WatchAsync(CancellationToken cancel) => _process.WatchAsync(cancel);

    public Task KillAsync(CancellationToken cancel) => _process.KillAsync(cancel);

    public Task EndAsync() => _process.EndAsync();

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    // By its mark: a signal must not reach whoever was given the id of a master that is gone.
    private static async Task UntilAsync(ProcessMark master, Func<bool> condition, string otherwise, CancellationToken cancel)
    {
        for (var begun = Stopwatch.StartNew(); ; await Task.Delay(Look, cancel))
        {
            if (!master.IsAlive)
            {
                throw new BrokerException("053", $"the front is gone: process {master.Id}, its master, has ended.", "See what it logged where broker up ran, and start the kit again.");
            }

            if (condition())
            {
                return;
            }

            if (begun.Elapsed > ReloadLimit)
            {
                throw new BrokerException("040", $"the front {otherwise} after {ReloadLimit.TotalSeconds:0} s, and goes on by the file that it had.", "See what it logged where broker up runs.");
            }
        }
    }
}
