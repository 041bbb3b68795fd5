using System;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Makapix.Provisioning.Chips;

/// <summary>Runs the real tools as processes: found on PATH, bounded in time and in output, and killed with all their children when they are not wanted any more.</summary>
/// <param name="searchPath">Folders to find the tools in; null: PATH of this process.</param>
public sealed class ProcessToolRunner(string? searchPath = null) : IToolRunner
{
    /// <summary>Writing 16 MB of flash prints about half a megabyte of progress.</summary>
    private const int MaxOutputBytes = 4 * 1024 * 1024;

    private const string Shell = "/bin/sh";
    private const string IgnoreSignals = "trap '' INT HUP TERM QUIT; exec \"$@\"";

    /// <summary>What .NET adds to the number of the signal that ended a process, as a shell does.</summary>
    private const int SignalBase = 128;

    private const int MaxStarts = 3;

    private static readonly TimeSpan KillGrace = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public async Task<ToolResult> RunAsync(ToolCommand command, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(command);
        for (var start = 1; ; start++)
        {
            var result = await RunOnceAsync(command, cancel);
            if (start == MaxStarts || !EndedBeforeItBegan(result))
            {
                return result;
            }

            result.Dispose();
        }
    }

    // A signal to the whole group may come while the shell has not ignored it yet: then the tool never began, and is started again, unless it is not
    // wanted any more. A tool that has begun is not ended by these.
    private static bool EndedBeforeItBegan(ToolResult result) =>
        !OperatingSystem.IsWindows() && result.ExitCode is SignalBase + 1 or SignalBase + 2 or SignalBase + 3 or SignalBase + 15 && result.Output.IsEmpty;

    private async Task<ToolResult> RunOnceAsync(ToolCommand command, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var path = ToolPath.Find(command.Tool, searchPath ?? Environment.GetEnvironmentVariable("PATH") ?? "")
            ?? throw new ChipException("001", $"{command.Tool} is not on PATH.", "Run './makapix doctor', which says how to install it.");

        using var pipe = SecretPipe.Create(command.Secret.IsEmpty);
        using var process = Start(command, path, pipe);
        using var output = new BoundedCapture(MaxOutputBytes);
        using var errors = new BoundedCapture(MaxOutputBytes);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        deadline.CancelAfter(command.Timeout);
        try
        {
            var reading = output.ReadAsync(process.StandardOutput.BaseStream, deadline.Token);
            var readingErrors = errors.ReadAsync(process.StandardError.BaseStream, deadline.Token);

            // Not waited for: a tool may end without reading it, and then tells why.
            _ = pipe.FeedAsync(process, command.Secret, deadline.Token);
            await FirstFailureOf(reading, readingErrors, process.WaitForExitAsync(deadline.Token)).WaitAsync(deadline.Token);
            return new ToolResult(process.ExitCode, output.ToArray(), errors.ToArray());
        }
        catch (InvalidDataException)
        {
            throw new ChipException("004", $"{command.Tool} wrote more than {MaxOutputBytes / (1024 * 1024)} MB and was stopped.", "Check with './makapix doctor' that it is Espressif's own tool.");
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new ChipException("003", $"{command.Tool} did not end within {command.Timeout.TotalSeconds:0} s and was stopped.", "Check cable and power of the board, then run the command again.");
        }
        finally
        {
            await EndAsync(process);
        }
    }

    private static Process Start(ToolCommand command, string path, SecretPipe pipe)
    {
        var arguments = command.Arguments.Select(a => a == ToolCommand.SecretFile ? pipe.Path : a);

        // Ctrl-C, a closed terminal and a service manager's stop reach every process of the group, and in the middle of a burn they would do
        // what a power cut does. Whether and when a tool ends is decided here, by SIGKILL alone: on Unix it starts with those signals ignored
        // (which exec keeps), on Windows in a group of its own.
        var start = new ProcessStartInfo(OperatingSystem.IsWindows() ? path : Shell, OperatingSystem.IsWindows() ? arguments : ["-c", IgnoreSignals, Shell, path, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };

        if (OperatingSystem.IsWindows())
        {
            start.CreateNewProcessGroup = true;
        }

        // Version 5 draws with rich: no colour codes, and no folding of long lines.
        start.Environment["NO_COLOR"] = "1";
        start.Environment["COLUMNS"] = "1000";
        start.Environment["PYTHONIOENCODING"] = "utf-8";
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new ChipException("002", $"{path} cannot be started.", "Run './makapix doctor' to see what is wrong with it.", e);
        }
    }

    /// <summary>Ends as soon as one fails (a flood must not wait for the process), or when all are done.</summary>
    private static async Task FirstFailureOf(params Task[] tasks)
    {
        var open = tasks.ToList();
        while (open.Count > 0)
        {
            var done = await Task.WhenAny(open);
            open.Remove(done);
            await done;
        }
    }

    private static async Task EndAsync(Process process)
    {
        try
        {
            if (process.HasExited)
            {
                return;
            }

            process.Kill(entireProcessTree: true);
            using var grace = new CancellationTokenSource(KillGrace);
            await process.WaitForExitAsync(grace.Token);
        }
        catch (Exception e) when (e is InvalidOperationException or OperationCanceledException or Win32Exception or AggregateException)
        {
            // Gone already, or not to be killed: nothing more can be done about it from here.
        }
    }
}
