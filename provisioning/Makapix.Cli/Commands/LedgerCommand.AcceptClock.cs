using System.CommandLine;
using Makapix.Provisioning.Ledger.Events;

namespace Makapix.Cli.Commands;

/// <summary><c>makapix ledger accept-clock</c>.</summary>
internal static partial class LedgerCommand
{
    private static Command AcceptClock(CommandContext context)
    {
        var reason = new Option<string>("--reason") { Description = "why the clock is right although it is far from the newest entry's time; stays in the ledger", HelpName = "TEXT", Required = true };
        return OnLedger(context, new Command("accept-clock", "Say that this machine's clock is right, where the ledger doubts it. Needs no passphrase.") { reason }, (parsed, ledger) =>
        {
            using var transaction = ledger.Begin();
            var head = transaction.Append(new ClockAccepted(parsed.GetRequiredValue(reason)));
            transaction.Commit();
            context.Out.WriteLine($"entry {head.Seq}: {head.At:u} is right");
            return ExitCode.Done;
        });
    }
}
