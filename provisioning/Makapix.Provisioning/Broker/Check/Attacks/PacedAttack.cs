using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Makapix.Provisioning.Broker.Check;

/// <summary>The same thing again and again, so many times a second.</summary>
/// <param name="name">What it is called by.</param>
/// <param name="what">What it does, with its numbers.</param>
/// <param name="perSecond">Times a second.</param>
/// <param name="once">Does it; handed how often it was done before.</param>
internal sealed class PacedAttack(string name, string what, int perSecond, Func<AttackScene, int, CancellationToken, Task> once) : Attack(name, what)
{
    // At a time: what a broker that hangs can keep waiting.
    private const int AtOnce = 100;

    public override Task RunAsync(AttackScene scene, CancellationToken stop)
    {
        var pace = new Pace(perSecond);
        var begun = 0;
        return Task.WhenAll(Enumerable.Range(0, Math.Min(AtOnce, perSecond)).Select(_ => RepeatAsync()));

        async Task RepeatAsync()
        {
            while (true)
            {
                await pace.TurnAsync(stop);
                scene.Count("begun");
                await once(scene, Interlocked.Increment(ref begun) - 1, stop);
            }
        }
    }
}
