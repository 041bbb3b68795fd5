using System;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Threading.Tasks;
using Makapix.Provisioning.Tests.Authority;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests;

/// <summary>
/// A process that does one thing and is killed over it by SIGKILL, which no handler hears. It is this program, ordered by its environment before the test
/// platform begins: to find all tests takes that longer than the work.
/// </summary>
internal static class OrderedProcess
{
    private const string Variable = "MAKAPIX_TESTS_ORDER";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Gives the order, and sees that it was the death of who carried it out.</summary>
    /// <param name="order">Name of the class that knows the work, and its words.</param>
    public static async Task KillAsync(params string[] order)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment[Variable] = string.Join('|', order);
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(Patience);
        Assert.AreEqual(128 + 9, process.ExitCode, $"{string.Join(' ', order)} was not killed: {await output}{await error}");
    }

    [ModuleInitializer]
    internal static void Obey()
    {
        switch (Environment.GetEnvironmentVariable(Variable)?.Split('|'))
        {
            case [nameof(KillTests), var work, var dir, var step]:
                KillTests.Do(work, dir, int.Parse(step));
                break;
            case [nameof(SharedInitTests), var folder, var words, var step]:
                SharedInitTests.Do(folder, words, step);
                break;
            default:
                return;
        }

        Environment.Exit(0);
    }
}
