using System.CommandLine;

namespace Makapix.Cli.Commands;

/// <summary><c>makapix ledger head</c>.</summary>
internal static partial class LedgerCommand
{
    private static Command Head(CommandContext context)
    {
        var output = new Option<string>("--out") { Description = "file for the signed head; keep it where whoever has the ledger cannot reach it", HelpName = "FILE", Required = true };
        return CaCommand.OnAuthority(context, new Command("head", "Sign how far the ledger is: whoever has that file can tell later whether anything up to it was changed. Daily, and before a handover.") { output }, (parsed, authority) =>
        {
            var path = parsed.GetRequiredValue(output);
            authority.SignHead(path);
            context.Out.WriteLine(path);
            return ExitCode.Done;
        });
    }
}
