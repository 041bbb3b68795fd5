using System.Threading;
using System.Threading.Tasks;

namespace Makapix.Provisioning.Chips;

/// <summary>Runs one of Espressif's tools. The seam at which tests put a tool that hangs, floods or lies.</summary>
public interface IToolRunner
{
    /// <summary>Runs <paramref name="command"/> to its end, whatever its exit code is.</summary>
    /// <exception cref="ChipException">The tool is not there, cannot be started, writes more than its bound, or does not end in time.</exception>
    /// <exception cref="System.OperationCanceledException"><paramref name="cancel"/> was signalled; the tool and its children are gone.</exception>
    Task<ToolResult> RunAsync(ToolCommand command, CancellationToken cancel);
}
