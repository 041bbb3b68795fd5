using System.CommandLine;

namespace Makapix.Cli.Commands;

/// <summary>The command tree.</summary>
internal static class MakapixRoot
{
    public static RootCommand Create(CommandContext context)
    {
        var root = new RootCommand("Secure ESP32 devices: an internal CA, a provisioning line, and the broker they talk to.");
        root.Subcommands.Add(DoctorCommand.Create(context));
        root.Subcommands.Add(SetupCommand.Create(context));
        root.Subcommands.Add(VirtualChipCommand.Create(context));
        return root;
    }
}
