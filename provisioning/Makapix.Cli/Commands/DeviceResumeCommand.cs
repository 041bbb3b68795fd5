using System;
using System.CommandLine;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Cli.Line;
using Makapix.Provisioning.Chips;
using Makapix.Provisioning.Images;
using Makapix.Provisioning.Ledger;
using Makapix.Provisioning.Line;
using Makapix.Provisioning.Line.FirstBoots;

namespace Makapix.Cli.Commands;

/// <summary><c>makapix device resume</c>: finishes what an interrupted run left of the board at a port, by the plan in its journal.</summary>
internal static class DeviceResumeCommand
{
    public static Command Create(CommandContext context)
    {
        var options = new ResumeOptions();
        var command = new Command("resume", "Finish the board at a port as its journal says: policy, broker and Wi-Fi network are known from there.");
        options.AddTo(command);
        return context.Handle(command, (parsed, cancel) => RunAsync(context, options, parsed, cancel));
    }

    private static async Task<int> RunAsync(CommandContext context, ResumeOptions options, ParseResult parsed, CancellationToken cancel)
    {
        var port = options.PortOf(parsed);
        var bundle = FirmwareBundle.Load(parsed.GetRequiredValue(options.Bundle));
        using var station = StationCredential.Load(parsed.GetRequiredValue(options.Operator));
        var tools = await EspTools.DetectAsync(new ProcessToolRunner(), cancel);
        var unfinished = await FindAsync(options, parsed, (port, bundle, tools), cancel);
        if (unfinished.Request is not { } request)
        {
            context.Out.WriteLine(unfinished.What);
            return ExitCode.Done;
        }

        context.Error.WriteLine($"  {unfinished.What}");
        return await context.OnAuthorityAsync(
            parsed,
            options.Authority,
            options.Passphrase,
            options.Wifi,
            unfinished.StartsOver ? request.WifiSsid : null,
            async (authority, wifiPassword) =>
            {
                var line = new ProvisioningLine(tools, authority, new MqttDeviceWatch(station, authority.RootDer), TimeProvider.System);
                var patience = TimeSpan.FromSeconds(parsed.GetValue(options.BootTimeout));
                var device = await line.RunAsync(
                    request with { Label = parsed.GetRequiredValue(options.Label), Station = Environment.MachineName, WifiPassword = wifiPassword, BootPatience = patience }, new ConsoleLineProgress(context.Error), cancel);
                DeviceProvisionCommand.Show(context, device, parsed.GetValue(options.Json));
                return ExitCode.Done;
            },
            cancel);
    }

    private static async Task<Unfinished> FindAsync(ResumeOptions options, ParseResult parsed, (ChipPort Port, FirmwareBundle Bundle, EspTools Tools) target, CancellationToken cancel)
    {
        // Let go of before the authority opens it again.
        using var ledger = DeviceLedger.Open(LedgerLocation.OfFolder(parsed.GetRequiredValue(options.Authority)));
        return await new LineResume(target.Tools, ledger).FindAsync(target.Port, target.Bundle, parsed.GetRequiredValue(options.State), cancel);
    }
}
