using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Makapix.Provisioning.Broker.Check;

/// <summary>Many connections that are opened and then held. One that is closed is opened again.</summary>
/// <param name="name">What it is called by.</param>
/// <param name="what">What it does, with its numbers.</param>
/// <param name="count">Connections at a time.</param>
/// <param name="open">Opens the one of that number, up to where it is held.</param>
internal sealed class HeldAttack(string name, string what, int count, Func<AttackScene, int, CancellationToken, Task<HostileConnection?>> open) : Attack(name, what)
{
    /// <summary>All of them stand within seconds, and those that are closed are replaced as fast.</summary>
    public const int OpensPerSecond = 200;

    public override Task RunAsync(AttackScene scene, CancellationToken stop)
    {
        var pace = new Pace(OpensPerSecond);
        return Task.WhenAll(Enumerable.Range(0, count).Select(number => HoldAsync(scene, number, pace, stop)));
    }

    private async Task HoldAsync(AttackScene scene, int number, Pace pace, CancellationToken stop)
    {
        while (true)
        {
            await pace.TurnAsync(stop);
            using var connection = await open(scene, number, stop);
            if (connection is null)
            {
                scene.Count("refused");
                continue;
            }

            scene.Count("opened");
            await connection.UntilClosedAsync(stop);
            scene.Count("closed by the broker");
        }
    }
}
