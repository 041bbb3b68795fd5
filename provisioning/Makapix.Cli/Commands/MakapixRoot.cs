using System.CommandLine;

namespace Makapix.Cli.Commands;

/// <summary>The command tree.</summary>
internal static class MakapixRoot
{
    public static RootCommand Create(CommandContext context) => new("Secure ESP32 devices: an internal CA, a provisioning line, and the broker they talk to.")
    {
        DemoCommand.Create(context),
        DeviceCommand.Create(context),
        CaCommand.Create(context),
        LedgerCommand.Create(context),
        BundleCommand.Create(context),
        ImageCommand.Create(context),
        IdentityCommand.Create(context),
        SchemaCommand.Create(context),
        PayloadCommand.Create(context),
        BrokerCommand.Create(context),
        FleetCommand.Create(context),
        VirtualChipCommand.Create(context),
        ExplainCommand.Create(context),
        DoctorCommand.Create(context),
        SetupCommand.Create(context),
    };
}
