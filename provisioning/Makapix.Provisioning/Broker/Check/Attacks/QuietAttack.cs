using System.Threading;
using System.Threading.Tasks;

namespace Makapix.Provisioning.Broker.Check;

/// <summary>Nothing: what the legitimate have on this machine by itself.</summary>
internal sealed class QuietAttack() : Attack("none", "no attack: what this machine does by itself")
{
    public override Task RunAsync(AttackScene scene, CancellationToken stop) => Task.CompletedTask;
}
