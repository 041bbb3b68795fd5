using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Provisioning.Chips;
using Makapix.Provisioning.Chips.Profiles;

namespace Makapix.Provisioning.Line;

/// <summary>The drivers of the tools without the tools: what they would call is written down, without secrets, and never run.</summary>
internal sealed class ToolRecorder : IToolRunner
{
    private readonly List<string> _calls = [];
    private readonly ChipTools _tools;

    /// <param name="version">Of the tools whose words are used.</param>
    /// <param name="chip">What chip they would talk to.</param>
    public ToolRecorder(EspToolVersion version, ChipProfile chip) => _tools = new EspTools(this, version).For(chip);

    /// <summary>Every call so far, as a shell would have it; the place of a secret is named.</summary>
    public ImmutableArray<string> Calls => [.. _calls];

    /// <summary>Writes down what one use of a driver would call.</summary>
    public async Task RecordAsync(Func<ChipTools, Task> use)
    {
        try
        {
            await use(_tools);
        }
        catch (NotRunException)
        {
            // As meant: a driver ends at its call, since there is no answer to read.
        }
    }

    Task<ToolResult> IToolRunner.RunAsync(ToolCommand command, CancellationToken cancel)
    {
        _calls.Add(command.ToString());
        throw new NotRunException();
    }

    private sealed class NotRunException : Exception;
}
