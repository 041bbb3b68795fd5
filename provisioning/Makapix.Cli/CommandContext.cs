using System;
using System.CommandLine;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace Makapix.Cli;

/// <summary>What every command is handed: where results and messages go, and the one way in which failures become exit codes.</summary>
/// <param name="Out">Results: stdout.</param>
/// <param name="Error">Messages and errors: stderr.</param>
internal sealed record CommandContext(TextWriter Out, TextWriter Error)
{
    /// <summary>Gives <paramref name="command"/> its action: whatever it throws becomes one line on stderr and an exit code.</summary>
    public Command Handle(Command command, Func<ParseResult, CancellationToken, Task<int>> action)
    {
        // On another thread: Ctrl-C is heard only once an action has handed back its task, and work may come before its first await.
        command.SetAction((parsed, cancel) => GuardAsync(() => Task.Run(() => action(parsed, cancel), cancel), cancel));
        return command;
    }

    private async Task<int> GuardAsync(Func<Task<int>> action, CancellationToken cancel)
    {
        try
        {
            return await action();
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            Error.WriteLine("MKX-CLI-130: interrupted. Nothing more was done; run the command again to go on.");
            return ExitCode.Interrupted;
        }
        catch (MakapixException e)
        {
            Error.WriteLine(e.Message);
        }
        catch (UnauthorizedAccessException e)
        {
            Error.WriteLine($"MKX-CLI-003: {e.Message.TrimEnd('.')}. Check the permissions of that path, or run as its owner.");
        }
        catch (IOException e)
        {
            Error.WriteLine($"MKX-CLI-004: {e.Message.TrimEnd('.')}. Check the path and the free space, then run the command again.");
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // No stack trace and no exception text: it was not written to be shown, and might hold what it was handed.
            Error.WriteLine($"MKX-CLI-999: unexpected {e.GetType().Name} in {e.TargetSite?.DeclaringType?.Name}.{e.TargetSite?.Name}. This is a defect of makapix; report it with the command you ran.");
        }

        return ExitCode.Failed;
    }
}
