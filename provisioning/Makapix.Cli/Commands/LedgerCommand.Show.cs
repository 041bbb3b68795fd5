using System;
using System.CommandLine;
using Makapix.Cli.Reports;
using Makapix.Provisioning.Ledger;

namespace Makapix.Cli.Commands;

/// <summary><c>makapix ledger show</c>.</summary>
internal static partial class LedgerCommand
{
    private static Command Show(CommandContext context)
    {
        var json = JsonOption();
        return OnLedger(context, new Command("show", "The ledger in a few numbers. Needs no passphrase.") { json }, (parsed, ledger) =>
        {
            using var view = ledger.Read();
            var summary = view.Summary(DateTimeOffset.UtcNow);
            if (parsed.GetValue(json))
            {
                context.Out.WriteLine(LedgerJson.Write(summary));
            }
            else
            {
                Write(context, summary);
            }

            return ExitCode.Done;
        });
    }

    private static void Write(CommandContext context, LedgerSummary summary)
    {
        context.Out.WriteLine($"ledger       {summary.LedgerId}");
        context.Out.WriteLine($"entries      {summary.Head?.Seq ?? 0}");
        if (summary.Head is { } head)
        {
            context.Out.WriteLine($"head         {head.Hash}, {head.At:u}");
        }

        foreach (var (state, count) in summary.Devices)
        {
            context.Out.WriteLine($"devices      {Word.Of(state),-16} {count}");
        }

        foreach (var one in summary.Certificates)
        {
            context.Out.WriteLine($"certificates {Word.Of(one.Kind),-16} {Word.Of(one.State),-8} {one.Count}");
        }
    }
}
