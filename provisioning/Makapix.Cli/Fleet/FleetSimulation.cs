using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace Makapix.Cli.Fleet;

/// <summary>The whole of <c>makapix fleet simulate</c>: one outage for each strategy, and the verdict.</summary>
internal sealed class FleetSimulation(SimulationOptions options, SimulationConsole console)
{
    /// <exception cref="MakapixException">It could not be run to its end.</exception>
    public async Task<SimulationReport> RunAsync(CancellationToken cancel)
    {
        OpenFileLimit.Require(options.Devices);
        await using var world = new SimulationWorld();
        await console.StepAsync($"new CA, and an identity for each of {options.Devices} devices", Task.Run(() => world.Issue(options.Devices, cancel), cancel));
        var run = new OutageRun(world, options, console);
        var figures = new List<StrategyFigures>();
        foreach (var strategy in options.Strategies)
        {
            figures.Add(await run.RunAsync(strategy, cancel));
        }

        return new SimulationReport(options.Devices, options.OutageSeconds, figures, Bounds.Of(options, figures));
    }
}
