using System;
using System.ComponentModel;
using System.Diagnostics;
using System.Threading.Tasks;

namespace Makapix.Provisioning.Tests.Broker.Kit;

/// <summary>Runs one of the programs that a kit is written for.</summary>
internal static class KitTool
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    /// <returns>What it answered and said.</returns>
    public static async Task<(int Exit, string Text)> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PATH"] = $"{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin:/sbin";
        try
        {
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEndAsync();
            var error = process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync().WaitAsync(Limit);
            return (process.ExitCode, await output + await error);
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException($"{program} is not on PATH. Run ./makapix setup.", e);
        }
    }
}
