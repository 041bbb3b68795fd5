using System.CommandLine;
using System.IO;
using System.Threading.Tasks;
using Makapix.Cli.Reports;
using Makapix.Provisioning.Ledger;
using Makapix.Provisioning.Ledger.Heads;
using Makapix.Provisioning.Ledger.Verification;

namespace Makapix.Cli.Commands;

/// <summary><c>makapix ledger verify</c>.</summary>
internal static partial class LedgerCommand
{
    private static Command Verify(CommandContext context)
    {
        var dir = DirOption();
        var head = new Option<string?>("--head") { Description = "a head that was signed earlier and kept elsewhere: finds also what was cut off or written anew", HelpName = "FILE" };
        var root = new Option<string?>("--root-certificate") { Description = "the root that the head must lead to, if not root.crt of the folder", HelpName = "FILE" };
        var json = JsonOption();
        return context.Handle(new Command("verify", "Look whether anybody has changed, deleted or reordered anything in the ledger. Needs no passphrase.") { dir, head, root, json }, (parsed, _) =>
        {
            var folder = parsed.GetRequiredValue(dir);
            var known = parsed.GetValue(head) is { } file ? HeadFile.Read(file, parsed.GetValue(root) ?? Path.Combine(folder, "root.crt")) : null;
            using var ledger = DeviceLedger.Open(LedgerLocation.OfFolder(folder));
            var report = LedgerVerifier.Verify(ledger, known);
            Write(context, report, known, parsed.GetValue(json));
            return report.Whole
                ? Task.FromResult(ExitCode.Done)
                : throw new LedgerException("055", $"the ledger is not as it was written: {report.Findings[0].Table} {Word.Plain(report.Findings[0].Key)}.", "Stop writing to it, keep a copy, find out who had it in hands, and restore it from its backup.");
        });
    }

    private static void Write(CommandContext context, LedgerReport report, SignedHead? known, bool json)
    {
        if (json)
        {
            context.Out.WriteLine(LedgerJson.Write(report));
            return;
        }

        foreach (var finding in report.Findings)
        {
            context.Out.WriteLine($"✗ {Word.Plain(finding.Table)} {Word.Plain(finding.Key)}: {Word.Plain(finding.What)}");
        }

        if (report.Whole)
        {
            context.Out.WriteLine($"✓ {report.Entries} entries, each with the hash of what is before it; every table is what they add up to");
            context.Out.WriteLine(known is null
                ? "  without a signed head (--head FILE) nobody knows whether the end was cut off, or all of it written anew"
                : $"✓ all that was there when {Word.Plain(known.Signer)} signed entry {known.Head.Seq} is there");
        }
    }
}
