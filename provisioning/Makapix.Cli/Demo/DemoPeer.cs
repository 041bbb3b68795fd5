using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Authentication;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Mqtt;
using Makapix.Mqtt.Desktop;

namespace Makapix.Cli.Demo;

/// <summary>A client of the demo's broker that remembers all it was sent.</summary>
internal sealed class DemoPeer : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly MqttClient _client;
    private readonly List<MqttMessage> _seen = [];

    private DemoPeer(MqttClient client) => _client = client;

    /// <summary>Connects over mutual TLS, trusting the demo's root alone.</summary>
    /// <exception cref="MqttException">The broker refused, or could not prove itself.</exception>
    public static async Task<DemoPeer> ConnectAsync(
        DemoWorld world, ClientIdentity identity, string clientId, CancellationToken cancel, SslProtocols protocols = SslProtocols.Tls12 | SslProtocols.Tls13) =>
        new(await MqttClient.ConnectAsync(
            new MqttClientOptions
            {
                Host = DemoWorld.BrokerHost,
                Port = world.BrokerEndPoint.Port,
                Tls = new TlsOptions { TrustAnchors = world.TrustAnchors, Identity = identity, Protocols = protocols },
                Session = new MqttOptions(clientId) { MaxOutgoingPacketBytes = 32_768 },
            },
            cancel));

    /// <exception cref="MqttException">The broker refused a filter, or the session ended.</exception>
    public async Task SubscribeAsync(CancellationToken cancel, params string[] filters) => await _client.SubscribeAsync(filters, cancellation: cancel);

    public Task PublishAsync(string topic, string payload, CancellationToken cancel) => PublishAsync(topic, Encoding.UTF8.GetBytes(payload), cancel);

    public Task PublishAsync(string topic, ReadOnlyMemory<byte> payload, CancellationToken cancel) => _client.PublishAsync(topic, payload, cancellation: cancel);

    /// <summary>Whether such a message came so far; takes no time.</summary>
    public bool HasSeen(Func<MqttMessage, bool> message)
    {
        Drain();
        return _seen.Any(message);
    }

    /// <summary>Waits until such a message has come, now or earlier.</summary>
    /// <exception cref="CheckFailedException">It did not come in time.</exception>
    public async Task<MqttMessage> ExpectAsync(string what, Func<MqttMessage, bool> message, CancellationToken cancel, TimeSpan? patience = null)
    {
        var limit = patience ?? Patience;
        using var timed = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        timed.CancelAfter(limit);
        try
        {
            while (true)
            {
                Drain();
                if (_seen.FirstOrDefault(message) is { } found)
                {
                    return found;
                }

                if (!await _client.Messages.WaitToReadAsync(timed.Token))
                {
                    throw new CheckFailedException($"{what}: the session ended first");
                }
            }
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new CheckFailedException($"{what}: not seen within {limit.TotalSeconds:0} s");
        }
    }

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    private void Drain()
    {
        while (_client.Messages.TryRead(out var message))
        {
            _seen.Add(message);
        }
    }
}
