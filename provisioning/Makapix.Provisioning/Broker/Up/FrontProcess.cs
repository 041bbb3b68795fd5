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
        using var judge = Process.Start(new ProcessStartInfo(LoggedProcess.Find("haproxy"), ["-c", "-f", configuration]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = judge.StandardError.ReadToEndAsync(cancel);
        var said = await judge.StandardOutput.ReadToEndAsync(cancel) + await error;
        await judge.WaitForExitAsync(cancel);
        if (judge.ExitCode != 0)
        {
            var alerts = said.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line.Contains("[ALERT]", StringComparison.Ordinal));
            throw new BrokerException("048", $"HAProxy does not take the front's new file, and nothing was changed: {string.Join(" / ", alerts)}.", "Mend what it names, then reload again.");
        }
    }

    /// <summary>Has a master read its file again and start a worker by it. The worker before stays until its last session ends.</summary>
    /// <exception cref="BrokerException">040: it has no new worker.</exception>
    public static async Task ReloadAsync(int master, CancellationToken cancel)
    {
        // A master replaces itself once it has a worker, and until then drops the signal: one told right after a start or a reload would never hear it.
        var begun = Stopwatch.StartNew();
        while (!ProcessTable.Catches(master, UserSignal2) && begun.Elapsed < ReloadLimit)
        {
            await Task.Delay(Look, cancel);
        }

        var before = ProcessTable.Children(master);
        await ProcessSignal.SendAsync(master, "USR2", cancel);
        while (!ProcessTable.Children(master).Except(before).Any())
        {
            if (begun.Elapsed > ReloadLimit)
            {
                throw new BrokerException("040", $"the front has no new worker after {ReloadLimit.TotalSeconds:0} s, and goes on by the file that it had.", "See what it logged where broker up runs.");
            }

            await Task.Delay(Look, cancel);
        }
    }

    public Task WatchAsync(CancellationToken cancel) => _process.WatchAsync(cancel);

    public Task KillAsync(CancellationToken cancel) => _process.KillAsync(cancel);

    public Task EndAsync() => _process.EndAsync();

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
