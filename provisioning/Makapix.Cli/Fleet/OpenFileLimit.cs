using System;
using System.Globalization;
using System.IO;
using System.Linq;

namespace Makapix.Cli.Fleet;

/// <summary>
/// Each device holds a socket here and one in the broker, which inherits our limit. .NET has raised the soft limit to the hard one; past that, accept()
/// would fail, and what is measured would be that.
/// </summary>
internal static class OpenFileLimit
{
    private const string Limits = "/proc/self/limits";

    // What a process has open beside: assemblies, logs, the runtime's own.
    private const int Others = 400;

    /// <exception cref="CliException">The limit is too low for so many devices.</exception>
    public static void Require(int devices)
    {
        if (File.Exists(Limits))
        {
            Require(devices, File.ReadAllText(Limits));
        }
    }

    /// <param name="devices">How many.</param>
    /// <param name="limits">As proc_pid_limits(5) has it; what it does not tell is no limit.</param>
    internal static void Require(int devices, string limits)
    {
        var words = limits.Split('\n').FirstOrDefault(line => line.StartsWith("Max open files", StringComparison.Ordinal))?.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words is [_, _, _, var soft, ..] && long.TryParse(soft, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit < devices + Others)
        {
            throw new CliException(
                "060", $"{devices} devices need {devices + Others} open files, and this process may have {limit}.", $"Raise the limit (ulimit -Hn {devices + Others}), or simulate fewer with --devices.");
        }
    }
}
