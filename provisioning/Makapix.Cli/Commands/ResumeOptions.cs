using System.CommandLine;
using Makapix.Provisioning.Chips;
using Makapix.Provisioning.Labels;

namespace Makapix.Cli.Commands;

/// <summary>What <c>makapix device resume</c> takes: all but what the journal knows.</summary>
internal sealed class ResumeOptions
{
    private readonly Option<string> _port = new("--port") { Description = "serial port of the board, or socket://127.0.0.1:PORT of a virtual chip", HelpName = "PORT", Required = true };

    private readonly Option<ResetMode?> _before = ProvisionOptions.BeforeOption();

    public Option<string> Bundle { get; } = new("--bundle") { Description = "folder of the firmware bundle", HelpName = "DIR", Required = true };

    public Option<string> Authority { get; } = new("--authority") { Description = "folder of the authority, whose ledger has the journal", HelpName = "DIR", Required = true };

    public PassphraseOptions Passphrase { get; } = new();

    public WifiOptions Wifi { get; } = new(named: false);

    public Option<string> State { get; } = new("--state") { Description = "folder of records", HelpName = "DIR", DefaultValueFactory = _ => "state" };

    public Option<LabelSize> Label { get; } = ProvisionOptions.LabelOption("--label");

    public Option<string> Operator { get; } = ProvisionOptions.OperatorOption();

    public Option<int> BootTimeout { get; } = ProvisionOptions.BootTimeoutOption();

    public Option<bool> Json { get; } = new("--json") { Description = "the result as one JSON object" };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_port, _before, Bundle, Authority, Label, State, Operator, BootTimeout, Json])
        {
            command.Options.Add(option);
        }

        Passphrase.AddTo(command);
        Wifi.AddTo(command);
    }

    /// <exception cref="ChipException">There is no such port.</exception>
    public ChipPort PortOf(ParseResult parsed) => ChipPort.Parse(parsed.GetRequiredValue(_port), parsed.GetValue(_before));
}
