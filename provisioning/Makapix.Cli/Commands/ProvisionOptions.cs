using System;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Linq;
using Makapix.Provisioning.Chips;
using Makapix.Provisioning.Labels;
using Makapix.Provisioning.Line;

namespace Makapix.Cli.Commands;

/// <summary>What <c>makapix device provision</c> takes.</summary>
internal sealed class ProvisionOptions() : LineOptions(portRequired: false, "folder of the authority", new WifiOptions())
{
    /// <summary>Several ports at a time.</summary>
    public LaneOptions Lanes { get; } = new();

    public Option<string?> SigningKey { get; } = new("--signing-key") { Description = "take no bundle but one signed by the key with this digest, as 'bundle verify' shows it", HelpName = "DIGEST" };

    public Option<(string Host, ushort Port)> Broker { get; } = new("--broker")
    {
        Description = "the broker of the device, by the name in the broker's certificate",
        HelpName = BrokerArgument.HelpName,
        Required = true,
        CustomParser = BrokerArgument.Parse,
    };

    public Option<Guid?> DeviceId { get; } = DeviceIdArgument.Option("id of the device; without it, a random one");

    public Option<ProvisioningPolicy?> Policy { get; } = PolicyOption();

    public Option<string?> Batch { get; } = new("--batch") { Description = "the batch it is made in, as the ledger lists it", HelpName = "NAME" };

    public Option<bool> DryRun { get; } = new("--dry-run") { Description = "look at the board, say what each step would do and with which calls, and do nothing; needs no passphrase" };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[Port, Before, Bundle, SigningKey, Authority, Broker, DeviceId, Policy, Batch, Label, State, Operator, BootTimeout, DryRun, Json])
        {
            command.Options.Add(option);
        }

        Lanes.AddTo(command, Port, DeviceId, DryRun);
        Passphrase.AddTo(command);
        Wifi.AddTo(command);
        SigningKey.Validators.Add(result => Require(result, result.Tokens[0].Value is { Length: 64 } digest && digest.All(char.IsAsciiHexDigit), "--signing-key takes the 64 hex digits that 'makapix bundle verify' shows"));
        DeviceId.Validators.Add(result => Require(result, !Guid.TryParse(result.Tokens[0].Value, out var id) || id != Guid.Empty, "--device-id takes an id of the device's own, not all zeros"));
    }

    internal static Option<ResetMode?> BeforeOption() => new("--before")
    {
        Description = "how the board gets into its loader: no_reset or default_reset; without it, as fits the port",
        HelpName = "MODE",
        CustomParser = result => result.Tokens[0].Value switch
        {
            "no_reset" or "no-reset" => ResetMode.NoReset,
            "default_reset" or "default-reset" => ResetMode.DefaultReset,
            _ => Wrong<ResetMode?>(result, "--before takes no_reset or default_reset"),
        },
    };

    internal static Option<LabelSize> LabelOption(string name) => new(name)
    {
        Description = $"size of the label in mm: {string.Join(", ", LabelSizes.Names)}",
        HelpName = "SIZE",
        CustomParser = result => LabelSizes.Find(result.Tokens[0].Value) ?? Wrong<LabelSize>(result, $"{name} takes one of {string.Join(", ", LabelSizes.Names)}"),
        DefaultValueFactory = _ => LabelSizes.Default,
    };

    internal static Option<ProvisioningPolicy?> PolicyOption() => new("--policy")
    {
        Description = "how far it is locked: release (default), sealed (no serial port ever again), lab (can be undone; marked for ever)",
        HelpName = "POLICY",
        CustomParser = result => result.Tokens[0].Value switch
        {
            "release" => ProvisioningPolicy.Release,
            "sealed" => ProvisioningPolicy.Sealed,
            "lab" => ProvisioningPolicy.Lab,
            _ => Wrong<ProvisioningPolicy?>(result, "--policy takes release, sealed or lab"),
        },
    };

    /// <summary>The policy that was asked for.</summary>
    internal static ProvisioningPolicy PolicyOf(ParseResult parsed, Option<ProvisioningPolicy?> policy) => parsed.GetValue(policy) ?? ProvisioningPolicy.Release;

    private static void Require(OptionResult result, bool holds, string rule)
    {
        if (!holds)
        {
            result.AddError(rule);
        }
    }

    internal static T Wrong<T>(ArgumentResult result, string error)
    {
        result.AddError(error);
        return default!;
    }
}
