using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;

namespace Makapix.Cli.Demo;

/// <summary>Shows the demo as it goes: what is done on stderr, what was proved on stdout.</summary>
internal sealed class DemoConsole(CommandContext context)
{
    private readonly TextWriter _progress = context.Error;

    public void Introduce()
    {
        _progress.WriteLine("""
            From an internal CA to a device online over mutual TLS.
              real       esptool, espefuse, mosquitto; the device's own code (Makapix.Device, Makapix.Mqtt); the chip's behaviour: its loader protocol,
                         NOR flash, eFuses and flash decryption
              stands in  the chip's silicon (a virtual ESP32); the bootloader and nanoCLR binaries (generated, valid ESP images); .NET's TLS for mbedTLS

            """);
    }

    public void Sabotaged(Sabotage sabotage) => _progress.WriteLine($"  sabotage   {sabotage.What}: {sabotage.Check} must turn red\n");

    public void Detail(string text) => _progress.WriteLine($"    {text}");

    public async Task StepAsync(string what, Task step)
    {
        var watch = Stopwatch.StartNew();
        _progress.WriteLine($"  {what} …");
        await step;
        _progress.WriteLine($"    done in {watch.Elapsed.TotalSeconds:0.0} s");
    }

    public void Show(CheckResult check) => context.Out.WriteLine($"{(check.Ok ? "✓" : "✗")} {check.Name,-28} {check.Detail} ({check.Seconds:0.0} s)");

    public void Show(DemoReport report, bool json)
    {
        var failed = 0;
        foreach (var check in report.Checks)
        {
            failed += check.Ok ? 0 : 1;
        }

        context.Out.WriteLine(report.Ok ? $"all {report.Checks.Count} checks hold" : $"{failed} of {report.Checks.Count} checks do not hold");
        if (json)
        {
            context.Out.WriteLine(report.ToJson());
        }
    }
}
