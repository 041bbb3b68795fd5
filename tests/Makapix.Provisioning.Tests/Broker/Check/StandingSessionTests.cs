using System;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Provisioning.Broker.Check;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Broker.Check;

/// <summary>The session that is watched through every attack: what counts as its end.</summary>
[TestClass]
public sealed class StandingSessionTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    public required TestContext TestContext { get; init; }

    [TestMethod]
    public async Task Each_time_that_somebody_takes_it_over_is_counted_and_it_comes_back()
    {
        await using var bench = await CheckBench.StartAsync();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.CancellationToken);
        stop.CancelAfter(Patience);
        await using var standing = await StandingSession.StartAsync(bench.World.Standing, bench.Stock.EndPoint, stop.Token);
        var running = standing.RunAsync(stop.Token);
        using var client = new HostileClient(bench.Stock.EndPoint);
        for (var times = 1; times <= 2; times++)
        {
            using (var thief = await client.MqttAsync(bench.World.Attacker, MqttBytes.Connect(bench.World.Standing.Name), stop.Token))
            {
                Assert.IsNotNull(thief);
                await UntilAsync(() => standing.Drops == times, stop.Token);

                // It takes its place again.
                await thief.UntilClosedAsync(stop.Token);
            }
        }

        await stop.CancelAsync();
        await running;
        Assert.AreEqual(2, standing.Drops);
    }

    private static async Task UntilAsync(Func<bool> condition, CancellationToken cancel)
    {
        while (!condition())
        {
            await Task.Delay(Poll, cancel);
        }
    }
}
