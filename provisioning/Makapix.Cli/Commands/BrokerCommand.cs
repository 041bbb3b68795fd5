using System.CommandLine;

namespace Makapix.Cli.Commands;

/// <summary><c>makapix broker</c>: the hardened broker.</summary>
internal static partial class BrokerCommand
{
    public static Command Create(CommandContext context) => new("broker", "The broker: the files of a hardened one, running and attacking it, and what is weak in those that are there.")
    {
        Kit(context),
        Lint(context),
        Up(context),
        Reload(context),
        Status(context),
        Entry(context),
        Token(context),
        Check(context),
    };
}
