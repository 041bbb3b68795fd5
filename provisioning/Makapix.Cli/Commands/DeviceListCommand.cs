using System;
using System.CommandLine;
using System.Linq;
using System.Text;
using Makapix.Cli.Reports;
using Makapix.Provisioning.Ledger;
using Makapix.Provisioning.Line;
using Makapix.Provisioning.Storage;

namespace Makapix.Cli.Commands;

/// <summary><c>makapix device list</c> and <c>makapix device batches</c>.</summary>
internal static class DeviceListCommand
{
    private const int MostDays = 36500;

    public static Command Create(CommandContext context)
    {
        var state = Word.Option<DeviceState>("--state", "only those in that state");
        var policy = Word.Option<ProvisioningPolicy>("--policy", "only those locked so far");
        var batch = new Option<string?>("--batch") { Description = "only those of that batch", HelpName = "NAME" };
        var expiring = DaysOption("only those whose certificate ends within so many days");
        var text = new Option<string?>("--text") { Description = "only those with that in their id, board, chip, firmware, batch, station or serial number", HelpName = "TEXT" };
        var json = new Option<bool>("--json") { Description = "print one JSON array" };
        var csv = new Option<string?>("--csv") { Description = "write them to a new CSV file instead", HelpName = "FILE" };
        var command = new Command("list", "List the devices that left the line. Needs no passphrase.") { state, policy, batch, expiring, text, json, csv };
        command.Validators.Add(result =>
        {
            if (result.GetValue(json) && result.GetResult(csv) is not null)
            {
                result.AddError("give --json or --csv, and not both");
            }
        });
        return LedgerCommand.OnLedger(context, command, (parsed, ledger) =>
        {
            using var view = ledger.Read();
            var devices = view.Devices(new DeviceQuery(DateTimeOffset.UtcNow)
            {
                State = parsed.GetValue(state),
                Policy = parsed.GetValue(policy),
                Batch = parsed.GetValue(batch),
                ExpiringWithin = parsed.GetValue(expiring) is { } days ? TimeSpan.FromDays(days) : null,
                Text = parsed.GetValue(text),
            });
            if (parsed.GetValue(csv) is { } path)
            {
                DurableFile.Create(path, Encoding.UTF8.GetBytes(DeviceCsv.Write(devices)), DurableFile.Private);
                context.Out.WriteLine(path);
            }
            else if (parsed.GetValue(json))
            {
                context.Out.WriteLine(LedgerJson.Write(devices.ToArray()));
            }
            else
            {
                DeviceTable.Write(devices, context.Out);
            }

            return ExitCode.Done;
        });
    }

    public static Command CreateBatches(CommandContext context) =>
        LedgerCommand.OnLedger(context, new Command("batches", "List the batches, and how many devices each has. Needs no passphrase."), (_, ledger) =>
        {
            using var view = ledger.Read();
            foreach (var batch in view.Batches())
            {
                context.Out.WriteLine($"{batch.First:yyyy-MM-dd} {batch.Last:yyyy-MM-dd} {batch.Devices,8} {Word.Plain(batch.Name)}");
            }

            return ExitCode.Done;
        });

    /// <summary>An option that takes a number of days.</summary>
    internal static Option<int?> DaysOption(string what) => new("--expiring") { Description = what, HelpName = "DAYS", CustomParser = result => NumberArgument.Decimal(result, 0, MostDays) };
}
