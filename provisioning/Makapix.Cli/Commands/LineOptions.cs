using System.CommandLine;
using Makapix.Provisioning.Chips;
using Makapix.Provisioning.Labels;
using Makapix.Provisioning.Line;

namespace Makapix.Cli.Commands;

/// <summary>What every command takes that makes a device of a board.</summary>
internal abstract class LineOptions
{
    protected LineOptions(bool portRequired, string authority, WifiOptions wifi)
    {
        Port.Required = portRequired;
        Authority.Description = authority;
        Wifi = wifi;
    }

    public Option<string> Bundle { get; } = new("--bundle") { Description = "folder of the firmware bundle", HelpName = "DIR", Required = true };

    public Option<string> Authority { get; } = new("--authority") { HelpName = "DIR", Required = true };

    public PassphraseOptions Passphrase { get; } = new();

    public WifiOptions Wifi { get; }

    public Option<LabelSize> Label { get; } = ProvisionOptions.LabelOption("--label");

    public Option<string> State { get; } = new("--state") { Description = "folder of records", HelpName = "DIR", DefaultValueFactory = _ => "state" };

    public Option<string> Operator { get; } = new("--operator")
    {
        Description = "folder of the operator's credential, as ca issue-operator writes it: the first boot of each device is watched with it",
        HelpName = "DIR",
        DefaultValueFactory = _ => "operator",
    };

    public Option<int> BootTimeout { get; } = new("--boot-timeout")
    {
        Description = "how many seconds a device may take from its reset until it is online",
        HelpName = "SECONDS",
        CustomParser = result => NumberArgument.Decimal(result, ProvisioningRequest.LeastBootSeconds, ProvisioningRequest.MostBootSeconds) ?? ProvisioningRequest.LeastBootSeconds,
        DefaultValueFactory = _ => ProvisioningRequest.UsualBootSeconds,
    };

    public Option<bool> Json { get; } = new("--json") { Description = "the result as one JSON object" };

    protected Option<string> Port { get; } = new("--port") { Description = "serial port of the board, or socket://127.0.0.1:PORT of a virtual chip", HelpName = "PORT" };

    protected Option<ResetMode?> Before { get; } = ProvisionOptions.BeforeOption();

    /// <exception cref="ChipException">There is no such port.</exception>
    public ChipPort PortOf(ParseResult parsed) => PortOf(parsed, parsed.GetRequiredValue(Port));

    /// <summary>The same, at a port of several.</summary>
    /// <exception cref="ChipException">There is no such port.</exception>
    public ChipPort PortOf(ParseResult parsed, string name) => ChipPort.Parse(name, parsed.GetValue(Before));
}
