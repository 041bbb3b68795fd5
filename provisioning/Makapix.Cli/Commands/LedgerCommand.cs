using System;
using System.CommandLine;
using System.Threading.Tasks;
using Makapix.Provisioning.Ledger;

namespace Makapix.Cli.Commands;

/// <summary><c>makapix ledger</c>: who exists and what happened, and whether anybody has changed that.</summary>
internal static partial class LedgerCommand
{
    public static Command Create(CommandContext context) => new("ledger", "The ledger of an authority: verify it, sign how far it is, look at it.")
    {
        Verify(context),
        Head(context),
        Show(context),
        AcceptClock(context),
    };

    /// <summary>A command that works on the ledger of an authority, and needs no passphrase.</summary>
    internal static Command OnLedger(CommandContext context, Command command, Func<ParseResult, DeviceLedger, int> action)
    {
        var dir = DirOption();
        command.Options.Insert(0, dir);
        return context.Handle(command, (parsed, _) =>
        {
            using var ledger = DeviceLedger.Open(LedgerLocation.OfFolder(parsed.GetRequiredValue(dir)));
            return Task.FromResult(action(parsed, ledger));
        });
    }

    private static Option<string> DirOption() => new("--dir") { Description = "folder of the authority", HelpName = "DIR", Required = true };

    private static Option<bool> JsonOption() => new("--json") { Description = "print one JSON object" };
}
