using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Provisioning.Chips;

namespace Makapix.Provisioning.Tests.Line;

/// <summary>Runs the real tools, remembers each call, and lets a test act before or after one.</summary>
internal sealed class ScriptedRunner(IToolRunner real) : IToolRunner
{
    public List<ToolCommand> Calls { get; } = [];

    /// <summary>Called before a call is run; an exception stands for a line that dies there.</summary>
    public Action<ToolCommand>? Before { get; set; }

    /// <summary>Called after a call was run, with the secret it was given.</summary>
    public Action<ToolCommand>? After { get; set; }

    public async Task<ToolResult> RunAsync(ToolCommand command, CancellationToken cancel)
    {
        Calls.Add(command);
        Before?.Invoke(command);
        var result = await real.RunAsync(command, cancel);
        After?.Invoke(command);
        return result;
    }
}
