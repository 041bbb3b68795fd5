using System;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Provisioning.Broker.Check;

namespace Makapix.Provisioning.Tests.Broker.Check;

/// <summary>One world for all of these tests, and one stock broker.</summary>
internal sealed class CheckBench : IAsyncDisposable
{
    private CheckBench(CheckWorld world, CheckTarget stock) => (World, Stock) = (world, stock);

    public CheckWorld World { get; }

    public CheckTarget Stock { get; }

    public static async Task<CheckBench> StartAsync()
    {
        var world = CheckWorld.Create(CancellationToken.None);
        return new CheckBench(world, await StockTarget.StartAsync(world, CancellationToken.None));
    }

    /// <summary>Runs an attack alone until it has done that, or patience ends.</summary>
    public async Task<AttackScene> AttackAsync(Attack attack, Predicate<AttackScene> done, TimeSpan patience)
    {
        using var client = new HostileClient(Stock.EndPoint);
        var scene = new AttackScene(World, client, Stock.EndPoint);
        using var stop = new CancellationTokenSource(patience);
        var attacking = attack.RunAsync(scene, stop.Token);
        try
        {
            while (!done(scene) && !attacking.IsCompleted)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), stop.Token);
            }

            await stop.CancelAsync();
            await attacking;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Attacks do not end by themselves.
        }

        return scene;
    }

    public async ValueTask DisposeAsync()
    {
        await Stock.DisposeAsync();
        World.Dispose();
    }
}
