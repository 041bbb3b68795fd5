using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Provisioning.Chips;

namespace Makapix.Cli.Setup;

/// <summary>Finds programs on PATH and runs them, bounded in time. For package managers and versions; what touches a chip has its own runner.</summary>
internal sealed class ToolShell
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    // Debian keeps the servers of each version out of PATH.
    private const string Postgres = "/usr/lib/postgresql";

    /// <summary>The full path of <paramref name="program"/>, or null. The folder <paramref name="except"/> is passed over.</summary>
    public string? Find(string program, string? except = null)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        var servers = Directory.Exists(Postgres) ? Directory.GetDirectories(Postgres).OrderDescending().Select(version => Path.Combine(version, "bin")) : [];
        return ToolPath.Find(program, string.Join(Path.PathSeparator, folders.Where(folder => folder != except).Concat(servers)));
    }

    /// <summary>Runs to the end; what it prints is kept for the error, not shown.</summary>
    public async Task<ToolRun> RunAsync(string program, IEnumerable<string> arguments, CancellationToken cancel, string? folder = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = folder ?? "",
        };
        start.Environment["DEBIAN_FRONTEND"] = "noninteractive";
        start.Environment["NO_COLOR"] = "1";
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Limit);
        try
        {
            using var process = Process.Start(start)!;
            try
            {
                process.StandardInput.Close();
                var output = process.StandardOutput.ReadToEndAsync(limit.Token);
                var error = process.StandardError.ReadToEndAsync(limit.Token);
                await process.WaitForExitAsync(limit.Token);
                return new ToolRun(process.ExitCode, await output + await error);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                throw;
            }
        }
        catch (Win32Exception e)
        {
            return new ToolRun(127, e.Message);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new ToolRun(124, $"no end after {Limit.TotalMinutes:0} minutes");
        }
    }
}
