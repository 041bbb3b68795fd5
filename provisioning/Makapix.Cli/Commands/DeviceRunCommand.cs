using System.CommandLine;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Device.Connection;
using Makapix.Device.Host;
using Makapix.Device.Identity;
using Makapix.Provisioning.Images;

namespace Makapix.Cli.Commands;

/// <summary><c>makapix device run</c>: the device's own code on this PC, until it is interrupted.</summary>
internal static class DeviceRunCommand
{
    private const int MaxIdentityBytes = 64 * 1024;

    public static Command Create(CommandContext context)
    {
        var chip = new Option<string?>("--chip") { Description = "boot the virtual chip in this folder from its flash", HelpName = "DIR" };
        var identity = new Option<string?>("--identity") { Description = "take this identity: a blob of 4096 bytes, or a filled Makapix.Device.Identity.pe", HelpName = "FILE" };
        var broker = new Option<(string Host, ushort Port)?>("--broker")
        {
            Description = "go to this broker instead of the identity's; its certificate must name it",
            HelpName = BrokerArgument.HelpName,
            CustomParser = result => BrokerArgument.Parse(result),
        };
        var command = new Command("run", "Run a device on this PC, from a virtual chip's flash or an identity file, until interrupted.") { chip, identity, broker };
        command.Validators.Add(result =>
        {
            if ((result.GetResult(chip) is null) == (result.GetResult(identity) is null))
            {
                result.AddError("give either --chip or --identity");
            }
        });
        return context.Handle(command, (parsed, cancel) =>
        {
            var blob = parsed.GetValue(chip) is { } folder ? Boot(folder) : Read(parsed.GetRequiredValue(identity)!);
            return RunAsync(context, blob, parsed.GetValue(broker), cancel);
        });
    }

    // Looked for first: a folder without a chip would be given a fresh one.
    private static byte[] Boot(string folder) => File.Exists(Path.Combine(folder, "efuse.bin"))
        ? ChipBoot.Identity(folder, out _)
        : throw new CliException("030", $"there is no virtual chip in {folder}.", "Name the --state folder of the virtual chip that was provisioned.");

    private static byte[] Read(string path)
    {
        var bytes = BoundedFile.Read(path, MaxIdentityBytes)
            ?? throw new CliException("032", $"{path} is too large for an identity.", $"Name a blob of {IdentityBlob.Length} bytes, or a filled Makapix.Device.Identity.pe.");
        return bytes.Length == IdentityBlob.Length ? bytes : IdentityTemplate.Read(bytes);
    }

    private static async Task<int> RunAsync(CommandContext context, byte[] blob, (string Host, ushort Port)? broker, CancellationToken cancel)
    {
        using var device = new DeviceHost(blob, new DeviceHostOptions { BrokerHost = broker?.Host, BrokerPort = broker?.Port, Log = context.Error.WriteLine });
        if (device.IdentityState != IdentityState.Provisioned)
        {
            throw new CliException("031", $"the identity is {device.IdentityState.ToString().ToLowerInvariant()}: this device is not provisioned.", "Provision it: makapix device provision.");
        }

        // What it does meanwhile is its own log, on stderr.
        var online = false;
        device.StateChanged += (_, _) =>
        {
            if (online != (device.State == ConnectionState.Online))
            {
                online = !online;
                context.Out.WriteLine(online ? "online" : "offline");
            }
        };
        await device.RunAsync(cancel);
        cancel.ThrowIfCancellationRequested();
        return ExitCode.Done;
    }
}
