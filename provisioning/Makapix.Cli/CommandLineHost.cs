using System;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Cli.Commands;
using Makapix.Provisioning.Chips;

namespace Makapix.Cli;

/// <summary>Parses, runs and answers with an exit code; wrong usage is 2 and one line, never a page of help.</summary>
internal sealed class CommandLineHost(TextWriter output, TextWriter error)
{
    // After a signal: an eFuse burn that has begun is waited for, however long espefuse may take, and then written into the journal.
    private static readonly TimeSpan TerminationLimit = Espefuse.Limit + TimeSpan.FromSeconds(10);

    public async Task<int> RunAsync(string[] args)
    {
        var root = MakapixRoot.Create(new CommandContext(output, error));

        // No response files: a network's name may begin with '@', and no argument is a file that nobody named as one.
        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (WrongUsage(parsed) is { } wrong)
        {
            error.WriteLine($"MKX-CLI-001: {wrong.TrimEnd('.')}. See '{PathOf(parsed.CommandResult.Command)} --help'.");
            return ExitCode.Usage;
        }

        // System.CommandLine hears SIGINT and SIGTERM; a closed terminal and Ctrl-Backslash are to end a command in the same way.
        using var ended = new CancellationTokenSource();
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Cancel);
        using var quit = PosixSignalRegistration.Create(PosixSignal.SIGQUIT, Cancel);
        return await parsed.InvokeAsync(
            new InvocationConfiguration
            {
                Output = output,
                Error = error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = TerminationLimit,
            },
            ended.Token);

        void Cancel(PosixSignalContext signal)
        {
            signal.Cancel = true;
            ended.Cancel();
        }
    }

    // What is unknown comes first: it often is why something else seems to be missing. And nothing here has a use for an empty value,
    // as an unset variable of a shell leaves one behind.
    private static string? WrongUsage(ParseResult parsed) =>
        parsed.UnmatchedTokens is [{ Length: > 0 } unknown, ..] ? $"'{unknown}' is no command, option or argument here"
        : parsed.CommandResult.Children.FirstOrDefault(given => given.Tokens.Any(token => token.Value.Length == 0)) is { } empty ? $"{NameOf(empty)} is empty"
        : parsed.Errors.Count > 0 ? string.Join(' ', parsed.Errors[0].Message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        : null;

    private static string NameOf(SymbolResult given) => given switch
    {
        OptionResult option => option.Option.Name,
        ArgumentResult argument => argument.Argument.Name,
        _ => "an argument",
    };

    private static string PathOf(Symbol command) =>
        string.Join(' ', command.Parents.OfType<Command>().Take(1).Select(PathOf).Append(command is RootCommand ? "makapix" : command.Name));
}
