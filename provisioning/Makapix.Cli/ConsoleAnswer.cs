using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace Makapix.Cli;

/// <summary>A word that somebody types at a terminal.</summary>
internal static class ConsoleAnswer
{
    /// <summary>The line, without blanks around it.</summary>
    /// <exception cref="CliException">There is no terminal to ask on.</exception>
    /// <exception cref="OperationCanceledException">It was not waited for any longer.</exception>
    public static string Read(string question, TextWriter error, CancellationToken cancel)
    {
        if (Console.IsInputRedirected)
        {
            throw new CliException("018", "there is no terminal to ask whether the plan is right.", "Read the plan, then run the command with --yes.");
        }

        error.Write(question);

        // A terminal cannot be made to give up a read: Ctrl-C leaves the thread to it.
        return (Task.Run(Console.ReadLine, CancellationToken.None).WaitAsync(cancel).GetAwaiter().GetResult() ?? "").Trim();
    }
}
