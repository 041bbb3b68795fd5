using System.Threading;
using System.Threading.Tasks;

namespace Makapix.Cli.Demo;

/// <summary>One thing that the demo proves.</summary>
internal interface IDemoCheck
{
    /// <summary>Its stable name.</summary>
    string Name { get; }

    /// <summary>Looks, and tells what it saw.</summary>
    /// <exception cref="CheckFailedException">It does not hold.</exception>
    Task<string> RunAsync(DemoWorld world, CancellationToken cancel);
}
