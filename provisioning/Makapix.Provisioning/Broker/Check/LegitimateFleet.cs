using System;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Mqtt.Desktop;

namespace Makapix.Provisioning.Broker.Check;

/// <summary>Those for whom the broker is there: each connects, publishes, disconnects, and again.</summary>
/// <param name="players">Who.</param>
/// <param name="period">From the beginning of one attempt to the next.</param>
/// <param name="broker">Where to.</param>
internal sealed class LegitimateFleet(ImmutableArray<CheckIdentity> players, TimeSpan period, IPEndPoint broker) : IDisposable
{
    /// <summary>Of players at an address each: far more often than players that are well, and below what the front lets an address do.</summary>
    public static readonly TimeSpan OwnAddressPeriod = TimeSpan.FromSeconds(2);

    /// <summary>Of a household's: all of them within 10 s, as they come back when their router or the broker was away.</summary>
    public static readonly TimeSpan HouseholdPeriod = TimeSpan.FromSeconds(10);

    // An attempt that takes longer has failed.
    private static readonly TimeSpan AttemptLimit = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan RecoveryLimit = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan RecoveryPause = TimeSpan.FromMilliseconds(500);

    private static readonly byte[] Status = """{"status":"online"}"""u8.ToArray();

    private readonly ConcurrentQueue<LegitimateAttempt> _attempts = new();
    private readonly CancellationTokenSource _stop = new();
    private long _over;

    /// <summary>Connects each once, before there is an attack.</summary>
    /// <returns>What kept one from it; null if nothing.</returns>
    public async Task<string?> GreetAsync(CancellationToken cancel)
    {
        foreach (var player in players)
        {
            if (await TryAsync(player, cancel) is { Succeeded: false } attempt)
            {
                return attempt.Failure;
            }
        }

        return null;
    }

    /// <summary>Lets them live until <see cref="StopAsync"/>, and then until each is well again.</summary>
    /// <param name="lead">How long the first of them waits.</param>
    /// <param name="cancel">Ends all of it.</param>
    public async Task<(LegitimateFigures Figures, double? RecoverySeconds)> LiveAsync(TimeSpan lead, CancellationToken cancel)
    {
        var recoveries = await Task.WhenAll(players.Select((player, number) => LiveAsync(player, lead + (period * number / players.Length), cancel)));
        return (LegitimateFigures.Of(_attempts), recoveries.All(one => one is not null) ? recoveries.Max() : null);
    }

    /// <summary>The attack is over: from now on it counts how long it takes until all is well.</summary>
    public Task StopAsync()
    {
        _over = Stopwatch.GetTimestamp();
        return _stop.CancelAsync();
    }

    /// <inheritdoc/>
    public void Dispose() => _stop.Dispose();

    private async Task<double?> LiveAsync(CheckIdentity player, TimeSpan after, CancellationToken cancel)
    {
        await WaitAsync(after);
        while (!_stop.IsCancellationRequested)
        {
            cancel.ThrowIfCancellationRequested();
            var begin = Stopwatch.GetTimestamp();
            _attempts.Enqueue(await TryAsync(player, cancel));
            await WaitAsync(period - Stopwatch.GetElapsedTime(begin));
        }

        while (Stopwatch.GetElapsedTime(_over) < RecoveryLimit)
        {
            if (await TryAsync(player, cancel) is { Succeeded: true, ConnackMs: <= CheckBounds.P99Ms })
            {
                return Math.Round(Stopwatch.GetElapsedTime(_over).TotalSeconds, 2);
            }

            await Task.Delay(RecoveryPause, cancel);
        }

        return null;
    }

    private async Task<LegitimateAttempt> TryAsync(CheckIdentity player, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(AttemptLimit);
        var begin = Stopwatch.GetTimestamp();
        double? connack = null;
        try
        {
            await using var session = await MqttClient.ConnectAsync(player.To(broker), limit.Token);
            connack = Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
            await session.PublishAsync(player.Topic("status"), Status, cancellation: limit.Token);
            return new LegitimateAttempt(connack, Failure: null);
        }
        catch (MqttException e)
        {
            return new LegitimateAttempt(connack, $"{e.Kind}");
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new LegitimateAttempt(connack, $"{MqttFailure.TimedOut}");
        }
    }

    private async Task WaitAsync(TimeSpan time)
    {
        if (time > TimeSpan.Zero)
        {
            // Without an exception when it is over: that is how it always ends.
            await Task.Delay(time, _stop.Token).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }
}
