using System;
using System.CommandLine;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Provisioning.Broker.Kit;
using Makapix.Provisioning.Broker.Web;

namespace Makapix.Cli.Commands;

internal static partial class BrokerCommand
{
    private static Command Entry(CommandContext context)
    {
        var config = Config();
        const string What = "Run a kit's entry for browsers beside its first broker, until interrupted: MQTT over WebSocket, to listen alone, by a token for each session.";
        return context.Handle(new Command("entry", What) { config }, async (parsed, cancel) =>
        {
            var description = KitDescriptionFile.Read(parsed.GetRequiredValue(config));
            await using var entry = KitEntry.Start(description, TimeProvider.System);
            context.Out.WriteLine($"ready 127.0.0.1:{description.Web!.EntryPort}");
            context.Out.Flush();
            await Task.Delay(Timeout.InfiniteTimeSpan, cancel);
            return ExitCode.Done;
        });
    }
}
