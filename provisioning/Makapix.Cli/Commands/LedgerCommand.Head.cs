using System.CommandLine;
using System.IO;
using System.Text;
using Makapix.Provisioning.Ledger;
using Makapix.Provisioning.Storage;

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
            if (Path.Exists(path))
            {
                throw new LedgerException("056", $"{path} is there already.", "Name a new file: the heads of other days are worth keeping.");
            }

            DurableFile.Create(path, Encoding.ASCII.GetBytes(authority.SignHead()), DurableFile.Public);
            context.Out.WriteLine(path);
            return ExitCode.Done;
        });
    }
}
