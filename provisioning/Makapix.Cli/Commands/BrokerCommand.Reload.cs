using System;
using System.CommandLine;
using Makapix.Provisioning.Broker.Up;

namespace Makapix.Cli.Commands;

internal static partial class BrokerCommand
{
    private static Command Reload(CommandContext context)
    {
        var directory = RunFolder();
        const string What = "Make a kit that runs go by its description, access list and revocation lists as they are now. No session ends: who was revoked is refused at the next handshake.";
        return context.Handle(new Command("reload", What) { directory }, async (parsed, cancel) =>
        {
            await KitReload.RunAsync(parsed.GetRequiredValue(directory), DateTimeOffset.UtcNow, cancel);
            context.Out.WriteLine("reloaded");
            return ExitCode.Done;
        });
    }
}
