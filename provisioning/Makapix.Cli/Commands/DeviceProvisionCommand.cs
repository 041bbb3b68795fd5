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
using Makapix.Provisioning.Line.Lanes;

namespace Makapix.Cli.Commands;

/// <summary><c>makapix device provision</c>: one fresh board becomes one device; or several at a time, at several ports.</summary>
internal static class DeviceProvisionCommand
{
    public static Command Create(CommandContext context)
    {
        var options = new ProvisionOptions();
        var command = new Command("provision", "Make a device of a fresh board: identity, encrypted flash, eFuses. What is burned stays burned.");
        options.AddTo(command);
        return context.Handle(command, (parsed, cancel) => RunAsync(context, options, parsed, cancel));
    }

    private static async Task<int> RunAsync(CommandContext context, ProvisionOptions options, ParseResult parsed, CancellationToken cancel)
    {
        // What can be wrong without a secret is found before one is asked for.
        var lanes = options.Lanes.WatchOf(parsed);
        var port = lanes is null ? options.PortOf(parsed) : null;
        var bundle = FirmwareBundle.Load(parsed.GetRequiredValue(options.Bundle));
        if (parsed.GetValue(options.SigningKey) is { } signer)
        {
            bundle.RequireSignedBy(signer);
        }

        var tools = await EspTools.DetectAsync(new ProcessToolRunner(), cancel);
        var broker = parsed.GetRequiredValue(options.Broker);
        if (parsed.GetValue(options.DryRun))
        {
            using var ledger = DeviceLedger.Open(LedgerLocation.OfFolder(parsed.GetRequiredValue(options.Authority)));
            Show(context, await new LineRehearsal(tools, ledger).RunAsync(Request(port!, []), cancel), parsed.GetValue(options.Json));
            return ExitCode.Done;
        }

        using var station = StationCredential.Load(parsed.GetRequiredValue(options.Operator));
        return await context.OnAuthorityAsync(
            parsed,
            options.Authority,
            options.Passphrase,
            options.Wifi,
            parsed.GetValue(options.Wifi.Ssid),
            async (authority, wifiPassword) =>
            {
                var line = new ProvisioningLine(tools, authority, new MqttDeviceWatch(station, authority.RootDer), TimeProvider.System);
                if (lanes is not null)
                {
                    var shift = new LaneShift(context) { Count = options.Lanes.CountOf(parsed), Csv = options.Lanes.CsvOf(parsed), Json = parsed.GetValue(options.Json) };
                    await shift.RunAsync(new LineBoardRunner(line, authority.Ledger, name => Request(options.PortOf(parsed, name), wifiPassword)), lanes, cancel);
                    return ExitCode.Done;
                }

                Show(context, await line.RunAsync(Request(port!, wifiPassword), new ConsoleLineProgress(context.Error), cancel), parsed.GetValue(options.Json));
                return ExitCode.Done;
            },
            cancel);

        ProvisioningRequest Request(ChipPort at, byte[] wifiPassword) => new(at, bundle, broker.Host, broker.Port, parsed.GetRequiredValue(options.State))
        {
            Policy = ProvisionOptions.PolicyOf(parsed, options.Policy),
            DeviceId = parsed.GetValue(options.DeviceId),
            Batch = parsed.GetValue(options.Batch),
            Label = parsed.GetRequiredValue(options.Label),
            Station = Environment.MachineName,
            WifiSsid = parsed.GetValue(options.Wifi.Ssid),
            WifiPassword = wifiPassword,
            BootPatience = TimeSpan.FromSeconds(parsed.GetValue(options.BootTimeout)),
        };
    }

    private static void Show(CommandContext context, LinePreview preview, bool json)
    {
        if (json)
        {
            context.Out.WriteLine(preview.ToJson());
            return;
        }

        PlanText.Write(context.Out, preview);
        PlanText.WriteSteps(context.Out, preview);
    }

    internal static void Show(CommandContext context, ProvisionedDevice device, bool json)
    {
        if (json)
        {
            context.Out.WriteLine(device.ToJson());
            return;
        }

        context.Out.WriteLine($"device  {device.DeviceId}");
        context.Out.WriteLine($"mac     {device.Mac}");
        context.Out.WriteLine($"serial  {device.Serial}");
        context.Out.WriteLine($"policy  {device.Policy.ToString().ToLowerInvariant()}");
        context.Out.WriteLine($"online  after {device.FirstBoot!.Seconds:0.0} s, firmware {device.FirstBoot.FirmwareVersion}");
    }
}
