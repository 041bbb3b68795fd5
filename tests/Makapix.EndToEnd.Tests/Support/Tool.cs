using System.Diagnostics;
using System.Threading.Tasks;

namespace Makapix.EndToEnd.Tests.Support;

/// <summary>The real tools, for a second opinion.</summary>
internal static class Tool
{
    public static async Task<CliRun> RunAsync(string name, params string[] arguments)
    {
        var start = new ProcessStartInfo(Shell.Require(name), arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        await using var process = new CliProcess(Process.Start(start)!, $"{name} {string.Join(' ', arguments)}", "");
        return await process.ExitAsync();
    }
}
