using System.Diagnostics;
using System.Linq;
using System.Threading.Tasks;
using Makapix.Cli.Line;

namespace Makapix.Cli.Demo;

/// <summary>Shows the demo as it goes: what is done on stderr, what was proved on stdout.</summary>
internal sealed class DemoConsole(CommandContext context)
{
    /// <summary>Shows the line at work.</summary>
    public ConsoleLineProgress LineProgress { get; } = new(context.Error);

    public void Introduce(Sabotage sabotage)
    {
        context.Error.WriteLine("""
            From an internal CA to a device online over mutual TLS.
              real       esptool, espefuse, mosquitto and, on Linux, HAProxy before it; the device's own code; the chip's behaviour: loader protocol, NOR flash, eFuses, flash decryption
              stands in  the chip's silicon (a virtual ESP32); the bootloader and nanoCLR binaries (generated, valid ESP images); .NET's TLS for mbedTLS
            """);
        if (sabotage.Check is not null)
        {
            context.Error.WriteLine($"  sabotage   {sabotage.What}: {sabotage.Check}, and nothing else, must turn red");
        }

        Line();
    }

    public void Line() => context.Error.WriteLine();

    public void Detail(string text) => context.Error.WriteLine($"  {text}");

    public async Task StepAsync(string what, Task step)
    {
        var watch = Stopwatch.StartNew();
        context.Error.WriteLine($"{what} …");
        await step;
        context.Error.WriteLine($"  done in {watch.Elapsed.TotalSeconds:0.0} s");
    }

    public void Show(CheckResult check) => context.Out.WriteLine($"{(check.Ok ? "✓" : "✗")} {check.Name,-27} {check.Detail} ({check.Seconds:0.0} s)");

    public void Show(DemoReport report, bool json)
    {
        var failed = report.Checks.Count(check => !check.Ok);
        context.Out.WriteLine(failed == 0 ? $"all {report.Checks.Count} checks hold" : $"{failed} of {report.Checks.Count} checks do not hold");
        if (json)
        {
            context.Out.WriteLine(report.ToJson());
        }
    }
}
