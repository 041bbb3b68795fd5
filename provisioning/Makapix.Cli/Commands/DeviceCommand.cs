using System.CommandLine;

namespace Makapix.Cli.Commands;

/// <summary><c>makapix device</c>: what is done to, or with, one device.</summary>
internal static class DeviceCommand
{
    public static Command Create(CommandContext context) => new("device", "Devices: make one of a board, look at those that were made, run one on this PC.")
    {
        DevicePlanCommand.Create(context),
        DeviceProvisionCommand.Create(context),
        DeviceResumeCommand.Create(context),
        DeviceRunCommand.Create(context),
        DeviceListCommand.Create(context),
        DeviceListCommand.CreateBatches(context),
        DeviceShowCommand.Create(context),
        DeviceShowCommand.CreateHistory(context),
        DeviceLabelCommand.Create(context),
    };
}
