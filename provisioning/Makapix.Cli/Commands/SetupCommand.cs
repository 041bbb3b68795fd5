using System.CommandLine;
using Makapix.Cli.Setup;

namespace Makapix.Cli.Commands;

/// <summary><c>makapix setup</c>: what the demo and the tests need, installed where that is allowed.</summary>
internal static class SetupCommand
{
    public static Command Create(CommandContext context) =>
        context.Handle(new Command("setup", "Set up what the demo and the tests need: mosquitto, openssl, esptool, jsonschema, softhsm2, opensc, PostgreSQL (as root or with sudo; else says what to run)"), async (_, cancel) =>
        {
            await new ToolSetup(context).EnsureAllAsync(cancel);
            return ExitCode.Done;
        });
}
