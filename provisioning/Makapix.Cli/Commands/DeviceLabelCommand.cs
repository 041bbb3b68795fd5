using System.CommandLine;
using Makapix.Provisioning.Labels;

namespace Makapix.Cli.Commands;

/// <summary><c>makapix device label</c>: a device's label again.</summary>
internal static class DeviceLabelCommand
{
    public static Command Create(CommandContext context)
    {
        var which = DeviceShowCommand.WhichArgument();
        var size = ProvisionOptions.LabelOption("--size");
        var format = new Option<LabelFormat?>("--format")
        {
            Description = "png (default) or pdf",
            HelpName = "FORMAT",
            CustomParser = result => result.Tokens[0].Value switch
            {
                "png" => LabelFormat.Png,
                "pdf" => LabelFormat.Pdf,
                _ => ProvisionOptions.Wrong<LabelFormat?>(result, "--format takes png or pdf"),
            },
        };
        var output = new Option<string>("--out") { Description = "folder for the label", HelpName = "DIR", Required = true };
        return LedgerCommand.OnLedger(context, new Command("label", "Draw the label of a device again; the ledger says so for ever. Needs no passphrase.") { which, size, format, output }, (parsed, ledger) =>
        {
            using var view = ledger.Read();
            var device = DeviceShowCommand.Find(view, parsed.GetRequiredValue(which));
            context.Out.WriteLine(LabelReprint.Write(ledger, device, parsed.GetRequiredValue(size), parsed.GetValue(format) ?? LabelFormat.Png, parsed.GetRequiredValue(output)));
            return ExitCode.Done;
        });
    }
}
