using System;
using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Provisioning.Broker.Up;
using Makapix.Provisioning.Chips;

namespace Makapix.Provisioning.Broker;

/// <summary>A program that serves until it is ended. It runs once it says so: a connection would only prove that somebody listens there.</summary>
internal sealed class LoggedProcess : IAsyncDisposable
{
    private const int LogLines = 200;
    private const int LastLines = 5;

    // Debian keeps servers where not everybody's PATH leads.
    private const string ServerFolders = ":/usr/local/sbin:/usr/sbin:/sbin";

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(5);

    private readonly string _program;
    private readonly Process _process;
    private readonly string _word;
    private readonly Action<string>? _heard;
    private readonly ConcurrentQueue<string> _log = new();
    private readonly TaskCompletionSource _running = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private LoggedProcess(string program, Process process, string word, Action<string>? heard)
    {
        (_program, _process, _word, _heard) = (program, process, word, heard);
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int ProcessId => _process.Id;

    public bool HasExited => _process.HasExited;

    public string[] Log => [.. _log];

    /// <exception cref="BrokerException">005: it has ended.</exception>
    public TimeSpan CpuTime
    {
        get
        {
            try
            {
                return _process.TotalProcessorTime;
            }
            catch (Exception e) when (e is InvalidOperationException or Win32Exception)
            {
                throw Ended(e);
            }
        }
    }

    /// <summary>Starts it, and returns once it runs.</summary>
    /// <param name="program">Its name.</param>
    /// <param name="arguments">What it is started with.</param>
    /// <param name="word">How the line ends by which it says that it runs.</param>
    /// <param name="listen">Where it will listen, for the error.</param>
    /// <param name="heard">Told of every line; null for nobody.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="BrokerException">002 to 004, 030: it is not installed, or did not start; what it said is in the text.</exception>
    public static async Task<LoggedProcess> StartAsync(string program, string[] arguments, string word, IPEndPoint listen, Action<string>? heard, CancellationToken cancel)
    {
        var started = new LoggedProcess(program, Launch(program, arguments), word, heard);
        try
        {
            await started.WaitUntilRunningAsync(listen, cancel);
            return started;
        }
        catch
        {
            await started.DisposeAsync();
            throw;
        }
    }

    /// <summary>The program's file.</summary>
    /// <exception cref="BrokerException">002: there is none.</exception>
    public static string Find(string program) =>
        ToolPath.Find(program, Environment.GetEnvironmentVariable("PATH") + ServerFolders) ?? throw new BrokerException("002", $"{program} is not installed or not on PATH.", "Run: ./makapix setup");

    /// <summary>Sends a signal.</summary>
    /// <param name="name">As kill(1) calls it.</param>
    /// <param name="cancel">Ends the waiting.</param>
    public Task SignalAsync(string name, CancellationToken cancel) => ProcessSignal.SendAsync(_process.Id, name, cancel);

    /// <summary>Waits until it ends by itself.</summary>
    /// <exception cref="BrokerException">005: it has.</exception>
    public async Task WatchAsync(CancellationToken cancel)
    {
        await _process.WaitForExitAsync(cancel);

        // Ctrl-C in a terminal goes to all that were started there: then it is no failure.
        await Task.Delay(Grace, cancel);
        throw Ended(null);
    }

    /// <summary>Ends it as its service manager would (SIGTERM), and at once if it does not.</summary>
    public async Task EndAsync()
    {
        if (!_process.HasExited && !OperatingSystem.IsWindows())
        {
            await SignalAsync("TERM", CancellationToken.None);
            await Task.WhenAny(_process.WaitForExitAsync(), Task.Delay(EndLimit));
        }

        await KillAsync(CancellationToken.None);
    }

    /// <summary>Ends it at once, as a crash would, with what it started.</summary>
    public async Task KillAsync(CancellationToken cancel)
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _process.WaitForExitAsync(cancel);
    }

    /// <summary>Kills it.</summary>
    public async ValueTask DisposeAsync()
    {
        await KillAsync(CancellationToken.None);
        _process.Dispose();
    }

    private static Process Launch(string program, string[] arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(Find(program), arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                RedirectStandardInput = true,
            })!;
        }
        catch (Win32Exception e)
        {
            throw new BrokerException("006", $"{program} cannot be started: {e.Message.TrimEnd('.')}.", "Run: ./makapix doctor", e);
        }
    }

    private BrokerException Ended(Exception? inner) =>
        new("005", $"{_program} ended by itself: {string.Join(" / ", Log.TakeLast(LastLines))}.", "Mend what it names, then run the command again.", inner);

    private async Task WaitUntilRunningAsync(IPEndPoint listen, CancellationToken cancel)
    {
        var exit = _process.WaitForExitAsync(cancel);
        var first = await Task.WhenAny(_running.Task, exit, Task.Delay(StartLimit, cancel));
        cancel.ThrowIfCancellationRequested();
        if (first == exit)
        {
            throw Log.Any(line => line.Contains("Address already in use", StringComparison.Ordinal))
                ? new BrokerException("030", $"{_program} cannot listen on {listen} or another of its ports: somebody else does.", "End that program, or give other ports.")
                : new BrokerException("003", $"{_program} ended at once: {string.Join(" / ", Log)}.", $"See whether {listen} is in use, and mend what it names.");
        }

        if (first != _running.Task)
        {
            throw new BrokerException("004", $"{_program} was not running after {StartLimit.TotalSeconds:0} s: {string.Join(" / ", Log)}.", "Mend what it names, then run the command again.");
        }
    }

    private void Keep(string? line)
    {
        if (line is not null)
        {
            _log.Enqueue(line);
            if (line.EndsWith(_word, StringComparison.Ordinal))
            {
                _running.TrySetResult();
            }

            while (_log.Count > LogLines)
            {
                _log.TryDequeue(out _);
            }

            _heard?.Invoke(line);
        }
    }
}
