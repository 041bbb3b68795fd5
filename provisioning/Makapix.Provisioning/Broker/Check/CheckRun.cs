using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Mqtt.Desktop;

namespace Makapix.Provisioning.Broker.Check;

/// <summary>One attack on one target, from its start to its recovery.</summary>
internal sealed class CheckRun(CheckWorld world, Attack attack, string name, TimeSpan length)
{
    private const double Megabyte = 1024 * 1024;
    private const int LogLines = 3;

    // The attack stands before the legitimate are counted, as far as so short a time allows.
    private static readonly TimeSpan Lead = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    /// <param name="begins">Told when the target serves and the attack begins.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task<CheckFigures> RunAsync(Action begins, CancellationToken cancel)
    {
        await using var target = name == CheckOptions.Kit ? await KitTarget.StartAsync(world, cancel) : await StockTarget.StartAsync(world, cancel);
        using var client = new HostileClient(target.EndPoint);
        using var fleet = new LegitimateFleet(world.Legitimate, LegitimateFleet.OwnAddressPeriod, target.EndPoint);
        using var household = new LegitimateFleet(world.Household, LegitimateFleet.HouseholdPeriod, target.EndPoint);
        if (await fleet.GreetAsync(cancel) is { } failure)
        {
            throw new BrokerException(
                "052", $"a legitimate player cannot connect to {name} before there is any attack: {failure} ({string.Join(" / ", target.Log.TakeLast(LogLines))}).", "See that the machine has time and memory to spare, then run the command again.");
        }

        await using var standing = await StandingSession.StartAsync(world.Standing, target.EndPoint, cancel);
        begins();
        var scene = new AttackScene(world, client, target.EndPoint);
        var use = new UseWatch(target);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var watching = use.RunAsync(stop.Token);
        var attacking = AttackAsync(scene, stop.Token);
        var lead = Lead < length / 5 ? Lead : length / 5;
        var (living, returning) = (fleet.LiveAsync(lead, cancel), household.LiveAsync(lead, cancel));
        var standingBy = standing.RunAsync(stop.Token);
        var held = 0;
        try
        {
            var waiting = Task.Delay(length, cancel);

            // An attack that fails by itself is an error of ours.
            await await Task.WhenAny(waiting, attacking);
            await waiting;
            held = client.Open;
        }
        finally
        {
            await fleet.StopAsync();
            await household.StopAsync();
            await stop.CancelAsync();

            // Nothing of it outlives its broker.
            await Task.WhenAll(attacking, watching, standingBy, living, returning).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await Task.WhenAll(attacking, standingBy);
        var (figures, recovery) = await living;
        var (home, homeRecovery) = await returning;
        return new CheckFigures
        {
            Attack = attack.Name,
            What = attack.What,
            Target = name,
            Seconds = length.TotalSeconds,
            Legitimate = figures,
            Household = home,
            Drops = standing.Drops,
            RecoverySeconds = recovery is { } one && homeRecovery is { } other ? Math.Max(one, other) : null,
            BrokerCpuSeconds = Math.Round(use.Broker.CpuSeconds, 2),
            BrokerMegabytes = Math.Round(use.Broker.Bytes / Megabyte, 1),
            FrontCpuSeconds = Math.Round(use.Front.CpuSeconds, 2),
            FrontMegabytes = Math.Round(use.Front.Bytes / Megabyte, 1),
            Alive = target.Runs,
            Restarts = target.Restarts,
            LetThrough = scene.LetThrough,
            HeldAtEnd = held,
            Attacker = scene.Counts,
        };
    }

    private async Task AttackAsync(AttackScene scene, CancellationToken stop)
    {
        try
        {
            try
            {
                await attack.RunAsync(scene, stop);
            }
            catch (MqttException)
            {
                // Ctrl-C ends the broker as well: then that is what ends all of it, and not that the broker is gone.
                await Task.Delay(Grace, stop);
                throw;
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Its time is over.
        }
    }
}
