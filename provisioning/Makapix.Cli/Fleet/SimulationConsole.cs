using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using Spectre.Console;

namespace Makapix.Cli.Fleet;

/// <summary>Shows a simulation as it goes, on stderr, and its figures, on stdout.</summary>
internal sealed class SimulationConsole(CommandContext context)
{
    public void Detail(string text) => context.Error.WriteLine($"  {text}");

    public async Task StepAsync(string what, Task step)
    {
        var watch = Stopwatch.StartNew();
        context.Error.WriteLine($"{what} …");
        await step;
        Detail(Text($"done in {watch.Elapsed.TotalSeconds:0.0} s"));
    }

    public void Show(SimulationReport report)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(context.Out) });
        console.Write(FiguresTable.Of(report));
        ShowHistograms(report);
        foreach (var bound in report.Strategies.Where(one => one.IsMachineBound))
        {
            context.Out.WriteLine(
                $"{bound.Name}: not the broker was the bottleneck ({bound.BrokerPeakPercent} % of a core) but this machine, whose {report.Cores} cores shake hands for all devices too");
        }

        foreach (var bound in report.Bounds)
        {
            context.Out.WriteLine($"{(bound.Holds ? "✓" : "✗")} {bound.Name,-15} {bound.What}");
        }
    }

    public void ShowJson(SimulationReport report) => context.Out.WriteLine(report.ToJson());

    private void ShowHistograms(SimulationReport report)
    {
        var seconds = report.Strategies.Max(one => one.AttemptsPerSecond.Count);
        var perColumn = Sparkline.SecondsPerColumn(seconds);
        var top = report.Strategies.Max(one => one.AttemptsPerSecond.DefaultIfEmpty(1).Max());
        context.Out.WriteLine($"attempts a second since the kill; a column is {(perColumn == 1 ? "a second" : $"the busiest of {perColumn} seconds")}, a full one {top}:");
        foreach (var one in report.Strategies)
        {
            context.Out.WriteLine($"  {one.Name,-12} {Sparkline.Draw(one.AttemptsPerSecond, perColumn, top)}");
        }
    }

    private static string Text(System.FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
