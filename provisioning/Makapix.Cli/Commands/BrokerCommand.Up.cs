using System;
using System.CommandLine;
using Makapix.Cli.Setup;
using Makapix.Provisioning.Broker.Up;

namespace Makapix.Cli.Commands;

internal static partial class BrokerCommand
{
    private static Command Up(CommandContext context)
    {
        var config = Config();
        var directory = RunFolder();
        var free = new Option<bool>("--free-ports") { Description = "listen on ports that are free instead of the description's" };
        const string What = "Run a kit for real on loopback, mosquitto behind HAProxy, until interrupted: for development, and to try it out.";
        return context.Handle(new Command("up", What) { config, directory, free }, async (parsed, cancel) =>
        {
            await new ToolSetup(context).EnsureKitAsync(cancel);
            await using var up = await KitUp.StartAsync(
                parsed.GetRequiredValue(config), parsed.GetRequiredValue(directory), parsed.GetValue(free), (who, line) => context.Error.WriteLine($"{who}: {line}"), DateTimeOffset.UtcNow, cancel);
            context.Out.WriteLine($"ready {up.Run.Front}");
            context.Out.WriteLine($"figures {up.Run.Metrics}");
            context.Out.Flush();
            await up.Run.WatchAsync(cancel);
            return ExitCode.Done;
        });
    }

    private static Option<string> Config() => new("--config") { Description = "description of the broker, JSON", HelpName = "FILE", Required = true };

    private static Option<string> RunFolder() => new("--dir") { Description = "folder of the run; it goes with it", HelpName = "DIR", Required = true };
}
