using System.CommandLine;
using System.Threading.Tasks;
using Makapix.Provisioning.Images;

namespace Makapix.Cli.Commands;

/// <summary><c>makapix bundle</c>: firmware bundles.</summary>
internal static class BundleCommand
{
    public static Command Create(CommandContext context) => new("bundle", "Firmware bundles: what every device of a version gets.")
    {
        Demo(context),
    };

    private static Command Demo(CommandContext context)
    {
        var output = new Option<string>("--out") { Description = "folder to make; must be empty if it is there", HelpName = "DIR", Required = true };
        var command = new Command("demo", "Make a bundle whose bootloader and nanoCLR are generated stand-ins, labelled as such.") { output };
        return context.Handle(command, (parsed, _) =>
        {
            var directory = parsed.GetRequiredValue(output);
            DemoBundle.Create(directory);
            var bundle = FirmwareBundle.Load(directory);
            context.Out.WriteLine($"{directory}: firmware {bundle.FirmwareVersion} for {bundle.Chip.Name}, {bundle.FlashSize >> 20} MB of flash.");
            context.Out.WriteLine("Real: partition table, identity assembly. Stand-ins, which no silicon runs: bootloader, nanoCLR.");
            return Task.FromResult(ExitCode.Done);
        });
    }
}
