using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.EndToEnd.Tests.Support;

/// <summary>A running <c>makapix</c>: its lines as they come, Ctrl-C, and what is left of it afterwards.</summary>
internal sealed class CliProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(180);

    private readonly Process _process;
    private readonly string _commandLine;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();
    private readonly Task _reading;
    private readonly Lock _gate = new();
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="process">Started, with all three streams redirected.</param>
    /// <param name="commandLine">For messages.</param>
    /// <param name="input">All of its stdin; null to leave that open.</param>
    public CliProcess(Process process, string commandLine, string? input)
    {
        _process = process;
        _commandLine = commandLine;
        Id = process.Id;
        _reading = Task.WhenAll(ReadAsync(process.StandardOutput, _output), ReadAsync(process.StandardError, _error), WriteAsync(input));
    }

    public int Id { get; }

    /// <summary>Programs that it started and that are still there; itself as well, as long as it runs.</summary>
    public string[] Survivors => [.. Directory.GetDirectories("/proc").Select(Path.GetFileName).OfType<string>().Where(name => name.All(char.IsAsciiDigit)).Where(InSession).Select(CommandOf)];

    /// <summary>Waits until stdout, or stderr, has a line with the text; the line.</summary>
    public Task<string> OutputAsync(string text) => WaitAsync(() => LineWith(_output, text), text);

    public Task<string> ErrorAsync(string text) => WaitAsync(() => LineWith(_error, text), text);

    /// <summary>Waits until stdout has the text, at the end of a line or not: for a prompt.</summary>
    public Task PromptAsync(string text) => WaitAsync(() => _output.ToString().Contains(text, StringComparison.Ordinal) ? text : null, text);

    /// <summary>Types on its stdin, which was left open for that.</summary>
    public async Task TypeAsync(string keys)
    {
        await _process.StandardInput.WriteAsync(keys);
        await _process.StandardInput.FlushAsync();
    }

    /// <summary>Ctrl-C: SIGINT to every process of the session's foreground group.</summary>
    public Task InterruptAsync() => SignalAsync("INT");

    /// <summary>Waits for its end, and for the end of its streams.</summary>
    public async Task<CliRun> ExitAsync()
    {
        try
        {
            await _process.WaitForExitAsync().WaitAsync(Patience);
            await _reading.WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            throw new AssertFailedException($"no end within {Patience.TotalSeconds} s: {Snapshot(-1)}");
        }

        return Snapshot(_process.ExitCode);
    }

    /// <summary>Waits for its end alone: its streams may stay open with what it started.</summary>
    public Task ExitOfItselfAsync() => _process.WaitForExitAsync().WaitAsync(Patience);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await SignalAsync("KILL");
            await _process.WaitForExitAsync().WaitAsync(Patience);
        }

        _process.Dispose();
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", "--", $"-{Id}"]);
        await kill.WaitForExitAsync();
    }

    private static string? LineWith(StringBuilder stream, string text) =>
        stream.ToString().Split('\n').SkipLast(1).FirstOrDefault(line => line.Contains(text, StringComparison.Ordinal));

    private async Task<string> WaitAsync(Func<string?> find, string text)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            Task more;
            lock (_gate)
            {
                if (find() is { } found)
                {
                    return found;
                }

                more = _more.Task;
            }

            // Read to the end without it: one more look, then it will never come.
            if (await Task.WhenAny(more, _reading, Task.Delay(Timeout.Infinite, patience.Token)) != more && !more.IsCompleted)
            {
                throw new AssertFailedException($"'{text}' was never said: {Snapshot(-1)}");
            }
        }
    }

    private async Task ReadAsync(StreamReader reader, StringBuilder stream)
    {
        var buffer = new char[4096];
        while (await reader.ReadAsync(buffer) is var length and > 0)
        {
            lock (_gate)
            {
                stream.Append(buffer, 0, length);
                _more.SetResult();
                _more = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }

    private async Task WriteAsync(string? input)
    {
        if (input is null)
        {
            return;
        }

        try
        {
            await _process.StandardInput.WriteAsync(input);
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // A command that failed before it asked has closed its end.
        }
    }

    private CliRun Snapshot(int exitCode)
    {
        lock (_gate)
        {
            return new CliRun(_commandLine, exitCode, _output.ToString(), _error.ToString());
        }
    }

    // proc_pid_stat(5): pid (comm) state ppid pgrp session …; a name may hold spaces and parentheses. A zombie runs no more.
    private bool InSession(string process)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{process}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] != "Z" && fields[3] == Id.ToString(CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static string CommandOf(string process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/cmdline").Replace('\0', ' ');
        }
        catch (IOException)
        {
            return $"process {process}, gone meanwhile";
        }
    }
}
