using System.Threading;
using System.Threading.Tasks;

namespace Makapix.Provisioning.Line;

/// <summary>One step of the line. It reads what earlier steps left in the context, does one thing, and leaves its own result there.</summary>
internal interface ILineStep
{
    /// <summary>Its stable name.</summary>
    string Name { get; }

    /// <summary>What it does, for people.</summary>
    string Title { get; }

    /// <summary>Whether this run needs it.</summary>
    bool Applies(LineContext context);

    /// <summary>Says what it would do, and does nothing: its calls of tools go to <paramref name="tools"/>, which writes them down.</summary>
    Task<string> RehearseAsync(LineContext context, ToolRecorder tools) => Task.FromResult(Title);

    /// <summary>Does it, and tells what came of it.</summary>
    Task<string> RunAsync(LineContext context, CancellationToken cancel);
}
