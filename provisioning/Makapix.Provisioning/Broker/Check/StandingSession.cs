using System;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Mqtt.Desktop;

namespace Makapix.Provisioning.Broker.Check;

/// <summary>A legitimate player that was there before the attack and stays. Players live in one session for days: an attack that ends it has done harm, however soon they are let in again.</summary>
internal sealed class StandingSession : IAsyncDisposable
{
    private const int MessagesPerSecond = 1;

    // A message without an answer for so long: the session is none any more.
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(10);

    private static readonly byte[] Status = """{"status":"online"}"""u8.ToArray();

    private readonly CheckIdentity _player;
    private readonly IPEndPoint _broker;
    private MqttClient? _session;

    private StandingSession(CheckIdentity player, IPEndPoint broker, MqttClient session) => (_player, _broker, _session) = (player, broker, session);

    /// <summary>How often it was ended, or went without an answer.</summary>
    public int Drops { get; private set; }

    /// <exception cref="MqttException">It is not let in.</exception>
    public static async Task<StandingSession> StartAsync(CheckIdentity player, IPEndPoint broker, CancellationToken cancel) =>
        new(player, broker, await MqttClient.ConnectAsync(player.To(broker), cancel));

    /// <summary>Publishes with QoS 1, again and again, and begins anew where the session was dropped.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        var pace = new Pace(MessagesPerSecond);
        try
        {
            while (true)
            {
                await pace.TurnAsync(stop);
                if (_session is null)
                {
                    await ReturnAsync(stop);
                }
                else if (!await SpeakAsync(_session, stop))
                {
                    Drops++;
                    await DisposeAsync();
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The attack is over.
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_session is { } session)
        {
            _session = null;
            await session.DisposeAsync();
        }
    }

    private async Task ReturnAsync(CancellationToken stop)
    {
        try
        {
            _session = await MqttClient.ConnectAsync(_player.To(_broker), stop);
        }
        catch (MqttException)
        {
            // Not yet.
        }
    }

    private async Task<bool> SpeakAsync(MqttClient session, CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(AnswerLimit);
        try
        {
            await session.PublishAsync(_player.Topic("status"), Status, cancellation: limit.Token);
            return true;
        }
        catch (MqttException)
        {
            return false;
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return false;
        }
    }
}
