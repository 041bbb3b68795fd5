using System;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Linq;
using Makapix.Provisioning.Chips;
using Makapix.Provisioning.Labels;
using Makapix.Provisioning.Line;

namespace Makapix.Cli.Commands;

/// <summary>What <c>makapix device provision</c> takes.</summary>
internal sealed class ProvisionOptions
{
    private readonly Option<string> _port = new("--port") { Description = "serial port of the board, or socket://127.0.0.1:PORT of a virtual chip", HelpName = "PORT" };

    private readonly Option<ResetMode?> _before = BeforeOption();

    /// <summary>Several ports at a time.</summary>
    public LaneOptions Lanes { get; } = new();

    public Option<string> Bundle { get; } = new("--bundle") { Description = "folder of the firmware bundle", HelpName = "DIR", Required = true };

    public Option<string> Authority { get; } = new("--authority") { Description = "folder of the authority", HelpName = "DIR", Required = true };

    public Option<string?> SigningKey { get; } = new("--signing-key") { Description = "take no bundle but one signed by the key with this digest, as 'bundle verify' shows it", HelpName = "DIGEST" };

    public PassphraseOptions Passphrase { get; } = new();

    public Option<(string Host, ushort Port)> Broker { get; } = new("--broker")
    {
        Description = "the broker of the device, by the name in the broker's certificate",
        HelpName = BrokerArgument.HelpName,
        Required = true,
        CustomParser = BrokerArgument.Parse,
    };

    public WifiOptions Wifi { get; } = new();

    public Option<Guid?> DeviceId { get; } = DeviceIdArgument.Option("id of the device; without it, a random one");

    public Option<ProvisioningPolicy> Policy { get; } = PolicyOption();

    public Option<string?> Batch { get; } = new("--batch") { Description = "the batch it is made in, as the ledger lists it", HelpName = "NAME" };

    public Option<LabelSize> Label { get; } = LabelOption("--label");

    public Option<string> State { get; } = new("--state") { Description = "folder of records", HelpName = "DIR", DefaultValueFactory = _ => "state" };

    public Option<string> Operator { get; } = OperatorOption();

    public Option<int> BootTimeout { get; } = BootTimeoutOption();

    public Option<bool> DryRun { get; } = new("--dry-run") { Description = "look at the board, say what each step would do and with which calls, and do nothing; needs no passphrase" };

    public Option<bool> Json { get; } = new("--json") { Description = "the result as one JSON object" };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_port, _before, Bundle, SigningKey, Authority, Broker, DeviceId, Policy, Batch, Label, State, Operator, BootTimeout, DryRun, Json])
        {
            command.Options.Add(option);
        }

        Lanes.AddTo(command, _port, DeviceId, DryRun);
        Passphrase.AddTo(command);
        Wifi.AddTo(command);
        SigningKey.Validators.Add(result => Require(result, result.Tokens[0].Value is { Length: 64 } digest && digest.All(char.IsAsciiHexDigit), "--signing-key takes the 64 hex digits that 'makapix bundle verify' shows"));
        DeviceId.Validators.Add(result => Require(result, !Guid.TryParse(result.Tokens[0].Value, out var id) || id != Guid.Empty, "--device-id takes an id of the device's own, not all zeros"));
    }

    /// <exception cref="ChipException">There is no such port.</exception>
    public ChipPort PortOf(ParseResult parsed) => ChipPort.Parse(parsed.GetRequiredValue(_port), parsed.GetValue(_before));

    /// <summary>The same, at a port of several.</summary>
    /// <exception cref="ChipException">There is no such port.</exception>
    public ChipPort PortOf(ParseResult parsed, string name) => ChipPort.Parse(name, parsed.GetValue(_before));

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

    internal static Option<ProvisioningPolicy> PolicyOption() => new("--policy")
    {
        Description = "how far it is locked: release (default), sealed (no serial port ever again), lab (can be undone; marked for ever)",
        HelpName = "POLICY",
        CustomParser = result => result.Tokens[0].Value switch
        {
            "release" => ProvisioningPolicy.Release,
            "sealed" => ProvisioningPolicy.Sealed,
            "lab" => ProvisioningPolicy.Lab,
            _ => Wrong<ProvisioningPolicy>(result, "--policy takes release, sealed or lab"),
        },
        DefaultValueFactory = _ => ProvisioningPolicy.Release,
    };

    internal static Option<string> OperatorOption() => new("--operator")
    {
        Description = "folder of the operator's credential, as ca issue-operator writes it: the first boot of each device is watched with it",
        HelpName = "DIR",
        DefaultValueFactory = _ => "operator",
    };

    internal static Option<int> BootTimeoutOption() => new("--boot-timeout")
    {
        Description = "how many seconds a device may take from its reset until it is online",
        HelpName = "SECONDS",
        CustomParser = result => NumberArgument.Decimal(result, ProvisioningRequest.LeastBootSeconds, ProvisioningRequest.MostBootSeconds) ?? ProvisioningRequest.LeastBootSeconds,
        DefaultValueFactory = _ => 90,
    };

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
