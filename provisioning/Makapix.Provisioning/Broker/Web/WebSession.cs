using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.WebSockets;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Mqtt;
using Makapix.Mqtt.Desktop;

namespace Makapix.Provisioning.Broker.Web;

/// <summary>One browser, from its token to the end of it.</summary>
internal sealed class WebSession(WebSocket socket, WebEntryOptions options, WebTokenVerifier tokens)
{
    // A page subscribes when it opens; one that does so without end keeps the broker busy.
    private const int MaxRequests = 64;

    private const int MaxKeepAliveSeconds = 60;

    // The service's replies are for players; what a player says of itself is short.
    private const int MaxPayload = 16 * 1024;

    // A page that does not read what it asked for gives its place to one that does.
    private static readonly TimeSpan SendLimit = TimeSpan.FromSeconds(10);

    private readonly BrowserPackets _packets = new(socket);
    private readonly SemaphoreSlim _sending = new(1, 1);

    /// <param name="hello">Ends the waiting for a token.</param>
    /// <param name="cancel">Ends the session.</param>
    /// <exception cref="InvalidDataException">It sent what no browser sends.</exception>
    public async Task RunAsync(CancellationToken hello, CancellationToken cancel)
    {
        if (await _packets.ReadAsync(hello) is not { First: BrowserPacket.Connect } connect)
        {
            return;
        }

        var (text, keepAlive) = new BrowserFields(connect.Body).Connect();
        if (await tokens.ReadAsync(text) is not { } token)
        {
            await SendAsync(BrowserAnswer.Connack(BrowserAnswer.NotAuthorized), hello);
            return;
        }

        using var life = new CancellationTokenSource(Later(token.Ends - options.Clock.GetUtcNow()), options.Clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(life.Token, cancel);
        await using var broker = await ConnectAsync(token, both.Token);
        await SendAsync(BrowserAnswer.Connack(broker is null ? BrowserAnswer.Unavailable : BrowserAnswer.Accepted), both.Token);
        if (broker is not null)
        {
            var silence = TimeSpan.FromSeconds(1.5 * (keepAlive == 0 ? MaxKeepAliveSeconds : Math.Min(keepAlive, MaxKeepAliveSeconds)));
            var ended = await Task.WhenAny(AnswerAsync(token, broker, silence, both.Token), PassOnAsync(broker, both.Token), broker.Ended);
            await both.CancelAsync();
            await ended;
        }
    }

    private static TimeSpan Later(TimeSpan time) => time > TimeSpan.Zero ? time : TimeSpan.Zero;

    // A second session by the same token takes the place of the first: the broker knows one client of that name.
    private async Task<MqttClient?> ConnectAsync(WebToken token, CancellationToken cancel)
    {
        try
        {
            return await MqttClient.ConnectAsync(
                new MqttClientOptions
                {
                    Host = options.BrokerHost,
                    Port = options.Broker.Port,
                    Tls = new TlsOptions { TrustAnchors = options.TrustAnchors, Identity = options.Identity },
                    Session = new MqttOptions($"web-{token.Id:N}") { MaxIncomingPayloadBytes = MaxPayload },
                },
                cancel);
        }
        catch (MqttException)
        {
            return null;
        }
    }

    private async Task AnswerAsync(WebToken token, MqttClient broker, TimeSpan silence, CancellationToken cancel)
    {
        using var heard = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        for (var requests = 0; requests < MaxRequests;)
        {
            heard.CancelAfter(silence);
            switch (await _packets.ReadAsync(heard.Token))
            {
                case { First: BrowserPacket.Ping }:
                    await SendAsync(BrowserAnswer.Pong, cancel);
                    break;
                case { First: BrowserPacket.Subscribe } packet:
                    requests++;
                    var (id, filters) = new BrowserFields(packet.Body).Filters(withQos: true);
                    await SendAsync(BrowserAnswer.Suback(id, await SubscribeAsync(token, broker, filters, cancel)), cancel);
                    break;
                case { First: BrowserPacket.Unsubscribe } packet:
                    requests++;
                    var (number, names) = new BrowserFields(packet.Body).Filters(withQos: false);
                    if (names.Where(token.Covers).ToList() is { Count: > 0 } own)
                    {
                        await broker.UnsubscribeAsync(own, cancel);
                    }

                    await SendAsync(BrowserAnswer.Unsuback(number), cancel);
                    break;
                default:
                    // Gone, or it publishes: what a browser wants done it asks the service for.
                    return;
            }
        }
    }

    private static async Task<List<byte>> SubscribeAsync(WebToken token, MqttClient broker, List<string> filters, CancellationToken cancel)
    {
        var grants = new List<byte>();
        foreach (var filter in filters)
        {
            try
            {
                if (token.Covers(filter))
                {
                    await broker.SubscribeAsync([filter], MqttQos.AtMostOnce, cancel);
                    grants.Add(0);
                    continue;
                }
            }
            catch (Exception e) when (e is ArgumentException or MqttException { Kind: MqttFailure.SubscriptionRefused })
            {
                // As one that is not its own.
            }

            grants.Add(BrowserAnswer.Refused);
        }

        return grants;
    }

    private async Task PassOnAsync(MqttClient broker, CancellationToken cancel)
    {
        await foreach (var message in broker.Messages.ReadAllAsync(cancel))
        {
            await SendAsync(BrowserAnswer.Publish(message.Topic, message.Payload.Span, message.Retain), cancel);
        }
    }

    private async Task SendAsync(byte[] packet, CancellationToken cancel)
    {
        await _sending.WaitAsync(cancel);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(SendLimit);
        try
        {
            await socket.SendAsync(packet, WebSocketMessageType.Binary, endOfMessage: true, limit.Token);
        }
        finally
        {
            _sending.Release();
        }
    }
}
