using System.CommandLine;

namespace Makapix.Cli.Commands;

/// <summary>What <c>makapix device resume</c> takes: all but what the journal knows.</summary>
internal sealed class ResumeOptions() : LineOptions(portRequired: true, "folder of the authority, whose ledger has the journal", new WifiOptions(named: false))
{
    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[Port, Before, Bundle, Authority, Label, State, Operator, BootTimeout, Json])
        {
            command.Options.Add(option);
        }

        Passphrase.AddTo(command);
        Wifi.AddTo(command);
    }
}
