using System.CommandLine;
using System.CommandLine.Parsing;
using Makapix.Cli.Fleet;
using Makapix.Cli.Setup;

namespace Makapix.Cli.Commands;

/// <summary><c>makapix fleet</c>: what many devices do together.</summary>
internal static class FleetCommand
{
    private const int DefaultDevices = 1000;
    private const int DefaultOutage = 10;

    public static Command Create(CommandContext context) => new("fleet", "Fleets: what many devices do together.")
    {
        Simulate(context),
    };

    private static Command Simulate(CommandContext context)
    {
        var devices = NumberArgument.Option("--devices", "N", "size of the fleet", DefaultDevices, SimulationOptions.MaxDevices);
        var outage = NumberArgument.Option("--outage", "S", "how long the broker is gone, seconds", DefaultOutage, SimulationOptions.MaxOutageSeconds);
        var strategy = new Option<ReconnectStrategy?>("--strategy")
        {
            Description = $"how the devices reconnect, instead of one way after the other: {ReconnectStrategy.Names}",
            HelpName = "NAME",
            CustomParser = ParseStrategy,
            Arity = ArgumentArity.ExactlyOne,
        };
        var json = new Option<bool>("--json") { Description = "print one JSON object instead of the table" };
        const string What = "Kill a real mosquitto under a fleet of hosted devices, bring it back, and measure how they return: by the firmware's backoff, and by two that it is held against.";
        return context.Handle(new Command("simulate", What) { devices, outage, strategy, json }, async (parsed, cancel) =>
        {
            var options = new SimulationOptions(parsed.GetValue(devices), parsed.GetValue(outage), parsed.GetValue(strategy) is { } one ? [one] : ReconnectStrategy.All);
            await new ToolSetup(context).EnsureBrokerAsync(cancel);
            var console = new SimulationConsole(context);
            var report = await new FleetSimulation(options, console).RunAsync(cancel);
            if (parsed.GetValue(json))
            {
                console.ShowJson(report);
            }
            else
            {
                console.Show(report);
            }

            return report.Ok ? ExitCode.Done : ExitCode.Failed;
        });
    }

    private static ReconnectStrategy? ParseStrategy(ArgumentResult result)
    {
        var name = result.Tokens[0].Value;
        if (ReconnectStrategy.Find(name) is { } strategy)
        {
            return strategy;
        }

        result.AddError($"--strategy takes one of {ReconnectStrategy.Names}, not '{name}'");
        return null;
    }
}
