using System;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Makapix.Cli.Commands;

namespace Makapix.Cli;

/// <summary>Parses, runs and answers with an exit code; wrong usage is 2 and one line, never a page of help.</summary>
internal sealed class CommandLineHost(TextWriter output, TextWriter error)
{
    // After Ctrl-C: an eFuse burn that has begun is waited for, and takes a second or two on a real board.
    private static readonly TimeSpan TerminationLimit = TimeSpan.FromSeconds(10);

    public async Task<int> RunAsync(string[] args)
    {
        var root = MakapixRoot.Create(new CommandContext(output, error));
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            error.WriteLine($"MKX-CLI-001: {parsed.Errors[0].Message.TrimEnd('.')}. See '{PathOf(parsed.CommandResult.Command)} --help'.");
            return ExitCode.Usage;
        }

        return await parsed.InvokeAsync(new InvocationConfiguration
        {
            Output = output,
            Error = error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = TerminationLimit,
        });
    }

    private static string PathOf(Symbol command) =>
        string.Join(' ', command.Parents.OfType<Command>().Take(1).Select(PathOf).Append(command is RootCommand ? "makapix" : command.Name));
}
