using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;

namespace Makapix.Provisioning.Broker.Up;

/// <summary>A program that is asked one thing and ends.</summary>
internal static class AskedProgram
{
    /// <param name="program">Its name.</param>
    /// <param name="arguments">What it is asked.</param>
    /// <param name="cancel">Ends the waiting, and not the program.</param>
    /// <returns>Its exit code, and what it said: output, then errors.</returns>
    /// <exception cref="BrokerException">002: it is not installed.</exception>
    public static async Task<(int ExitCode, string Said)> AskAsync(string program, string[] arguments, CancellationToken cancel)
    {
        using var process = Process.Start(new ProcessStartInfo(LoggedProcess.Find(program), arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync(cancel);
        var said = await process.StandardOutput.ReadToEndAsync(cancel) + await error;
        await process.WaitForExitAsync(cancel);
        return (process.ExitCode, said);
    }
}
