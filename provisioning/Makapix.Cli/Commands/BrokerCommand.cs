using System.CommandLine;

namespace Makapix.Cli.Commands;

/// <summary><c>makapix broker</c>: the hardened broker.</summary>
internal static partial class BrokerCommand
{
    public static Command Create(CommandContext context) => new("broker", "The broker: the files of a hardened one, and what is weak in those that are there, and what attacks do to it.")
    {
        Kit(context),
        Lint(context),
        Check(context),
    };
}
