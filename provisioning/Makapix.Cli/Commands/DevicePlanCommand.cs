using System.CommandLine;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Cli.Line;
using Makapix.Provisioning.Chips;
using Makapix.Provisioning.Images;
using Makapix.Provisioning.Ledger;
using Makapix.Provisioning.Line;

namespace Makapix.Cli.Commands;

/// <summary><c>makapix device plan</c>: what would be written and burned, before anything is.</summary>
internal static class DevicePlanCommand
{
    public static Command Create(CommandContext context)
    {
        var options = new PlanOptions();
        var command = new Command("plan", "Show what would be written and burned: into the board at a port, or into any fresh chip. Changes nothing, and needs no passphrase.");
        options.AddTo(command);
        return context.Handle(command, (parsed, cancel) => options.PortOf(parsed) is { } port ? OfBoardAsync(context, options, parsed, port, cancel) : OfKindAsync(context, options, parsed));
    }

    private static async Task<int> OfBoardAsync(CommandContext context, PlanOptions options, ParseResult parsed, ChipPort port, CancellationToken cancel)
    {
        var bundle = FirmwareBundle.Load(parsed.GetRequiredValue(options.Bundle)!);
        var tools = await EspTools.DetectAsync(new ProcessToolRunner(), cancel);
        using var ledger = DeviceLedger.Open(LedgerLocation.OfFolder(parsed.GetRequiredValue(options.Authority)!));
        var broker = parsed.GetRequiredValue(options.Broker)!.Value;
        var request = new ProvisioningRequest(port, bundle, broker.Host, broker.Port, "state")
        {
            Policy = ProvisionOptions.PolicyOf(parsed, options.Policy),
            DeviceId = parsed.GetValue(options.DeviceId),
            WifiSsid = parsed.GetValue(options.WifiSsid),
        };
        var preview = await new LineRehearsal(tools, ledger).RunAsync(request, cancel);
        if (parsed.GetValue(options.Json))
        {
            context.Out.WriteLine(preview.ToJson());
        }
        else
        {
            PlanText.Write(context.Out, preview);
        }

        return ExitCode.Done;
    }

    private static Task<int> OfKindAsync(CommandContext context, PlanOptions options, ParseResult parsed)
    {
        var bundle = parsed.GetValue(options.Bundle) is { } folder ? FirmwareBundle.Load(folder) : null;
        bundle?.RequireSigned();
        var chip = bundle?.Chip ?? parsed.GetRequiredValue(options.Chip)!;
        var plan = ChipPlan.Of(EfusePlan.For(chip, parsed.GetValue(options.Cipher) ?? chip.Ciphers[0].Kind, ProvisionOptions.PolicyOf(parsed, options.Policy), bundle?.SigningKeyDigest), bundle);
        if (parsed.GetValue(options.Json))
        {
            context.Out.WriteLine(plan.ToJson());
        }
        else
        {
            PlanText.Write(context.Out, plan);
        }

        return Task.FromResult(ExitCode.Done);
    }
}
