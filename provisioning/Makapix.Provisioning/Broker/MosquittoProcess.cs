using System;
using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Threading;
using System.Threading.Tasks;

namespace Makapix.Provisioning.Broker;

/// <summary>A running mosquitto: started, told to read its CRL and access list again, and ended.</summary>
public sealed class MosquittoProcess : IAsyncDisposable
{
    private const int LogLines = 200;

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(10);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _log = new();

    // Its own word that it runs: a connection would only prove that somebody listens there.
    private readonly TaskCompletionSource _running = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private MosquittoProcess(Process process)
    {
        _process = process;
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Its process id.</summary>
    public int ProcessId => _process.Id;

    /// <summary>The last lines that it logged.</summary>
    public string[] Log => [.. _log];

    /// <summary>CPU time that it has taken so far, its own and the system's for it.</summary>
    /// <exception cref="BrokerException">It has ended.</exception>
    public TimeSpan CpuTime
    {
        get
        {
            try
            {
                return _process.TotalProcessorTime;
            }
            catch (InvalidOperationException e)
            {
                throw new BrokerException("005", $"mosquitto ended by itself: {string.Join(" / ", Log)}.", "Mend what it names, then run the command again.", e);
            }
        }
    }

    /// <summary>Writes the configuration, starts mosquitto, and returns once it accepts connections.</summary>
    /// <exception cref="BrokerException">It is not installed, or did not start; what it said is in the text.</exception>
    public static async Task<MosquittoProcess> StartAsync(MosquittoOptions options, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(options);
        var started = new MosquittoProcess(Start(MosquittoConfiguration.Write(options)));
        try
        {
            await started.WaitUntilRunningAsync(options.Listen, cancel);
            return started;
        }
        catch
        {
            await started.DisposeAsync();
            throw;
        }
    }

    /// <summary>Makes it read the CRL and the access list again (SIGHUP). Live sessions go on: a revoked one ends at its next handshake.</summary>
    public async Task ReloadAsync(CancellationToken cancel)
    {
        using var kill = Process.Start("kill", ["-HUP", _process.Id.ToString()]);
        await kill.WaitForExitAsync(cancel);
    }

    /// <summary>Ends it at once, as a crash would.</summary>
    public async Task KillAsync(CancellationToken cancel)
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _process.WaitForExitAsync(cancel);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await KillAsync(CancellationToken.None);
        _process.Dispose();
    }

    private static Process Start(string configuration)
    {
        try
        {
            return Process.Start(new ProcessStartInfo("mosquitto", ["-c", configuration])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                RedirectStandardInput = true,
            })!;
        }
        catch (Win32Exception e)
        {
            throw new BrokerException("002", "mosquitto is not installed or not on PATH.", "Run: ./makapix setup", e);
        }
    }

    private async Task WaitUntilRunningAsync(IPEndPoint endpoint, CancellationToken cancel)
    {
        var exit = _process.WaitForExitAsync(cancel);
        var first = await Task.WhenAny(_running.Task, exit, Task.Delay(StartLimit, cancel));
        cancel.ThrowIfCancellationRequested();
        if (first == exit)
        {
            throw new BrokerException("003", $"mosquitto ended at once: {string.Join(" / ", Log)}.", $"See whether {endpoint} is in use, and mend what it names.");
        }

        if (first != _running.Task)
        {
            throw new BrokerException("004", $"mosquitto was not running after {StartLimit.TotalSeconds:0} s: {string.Join(" / ", Log)}.", "Mend what it names, then run the command again.");
        }
    }

    private void Keep(string? line)
    {
        if (line is not null)
        {
            _log.Enqueue(line);
            if (line.EndsWith(" running", StringComparison.Ordinal))
            {
                _running.TrySetResult();
            }

            while (_log.Count > LogLines)
            {
                _log.TryDequeue(out _);
            }
        }
    }
}
