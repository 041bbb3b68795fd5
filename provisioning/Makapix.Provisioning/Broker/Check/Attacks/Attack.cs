using System.Threading;
using System.Threading.Tasks;

namespace Makapix.Provisioning.Broker.Check;

/// <summary>Something that a client could do to a broker.</summary>
/// <param name="name">What it is called by.</param>
/// <param name="what">What it does, with its numbers.</param>
internal abstract class Attack(string name, string what)
{
    /// <summary>What it is called by.</summary>
    public string Name => name;

    /// <summary>What it does, with its numbers.</summary>
    public string What => what;

    /// <summary>Does it until it is stopped, or until there is no more to do.</summary>
    /// <param name="scene">Who takes part.</param>
    /// <param name="stop">Ends it.</param>
    public abstract Task RunAsync(AttackScene scene, CancellationToken stop);
}
