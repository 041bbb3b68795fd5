using System;
using System.Collections.Generic;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Provisioning.Chips;

namespace Makapix.Provisioning.Tests.Chips;

/// <summary>A tool that says what the test wants.</summary>
internal sealed class StubRunner(Func<ToolCommand, (int ExitCode, string Output, string Errors)> answer) : IToolRunner
{
    public List<ToolCommand> Calls { get; } = [];

    public static StubRunner Saying(string output, int exitCode = 0, string errors = "") => new(_ => (exitCode, output, errors));

    public Task<ToolResult> RunAsync(ToolCommand command, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        Calls.Add(command);
        var (exitCode, output, errors) = answer(command);
        return Task.FromResult(new ToolResult(exitCode, Encoding.UTF8.GetBytes(output), Encoding.UTF8.GetBytes(errors)));
    }
}
