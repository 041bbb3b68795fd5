using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Mqtt;
using Makapix.Mqtt.Desktop;

namespace Makapix.Testing;

/// <summary>A second client: sees what players publish, and gives commands.</summary>
public sealed class Watcher(MqttClient client) : IAsyncDisposable
{
    private readonly List<MqttMessage> _seen = [];

    /// <summary>Connects to a broker of <see cref="TestPki.Shared"/>, and subscribes to what all players say.</summary>
    public static async Task<Watcher> ConnectAsync(Mosquitto broker)
    {
        var tls = new TlsOptions
        {
            TrustAnchors = [TestPki.Shared.Root],
            Identity = ClientIdentity.FromCertificates(TestPki.Shared.Operator(Mosquitto.Operator), [TestPki.Shared.Services]),
        };
        MqttClient client = await MqttClient.ConnectAsync(
            new MqttClientOptions { Host = "localhost", Port = broker.Port, Tls = tls, Session = new MqttOptions("watcher") { MaxOutgoingPacketBytes = 16384 } });
        await client.SubscribeAsync(["makapix/player/#"]);
        return new Watcher(client);
    }

    /// <summary>Gives a player a command; completes when the broker has it.</summary>
    public Task SendAsync(Guid device, string payload) => client.PublishAsync($"makapix/player/{device}/command", Encoding.UTF8.GetBytes(payload), MqttQos.AtLeastOnce);

    /// <summary>The first message not yet taken whose topic ends so and whose payload fits.</summary>
    public async Task<(MqttMessage Message, JsonElement Payload)> NextAsync(string suffix, Func<JsonElement, bool>? fits = null)
    {
        // What was said before we listened is said again with the next heartbeat, within a minute.
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(75));
        for (int i = 0; ; i++)
        {
            if (i == _seen.Count)
            {
                _seen.Add(await client.Messages.ReadAsync(limit.Token));
            }

            MqttMessage message = _seen[i];
            if (message.Topic.EndsWith(suffix, StringComparison.Ordinal) && JsonSerializer.Deserialize<JsonElement>(message.Payload.Span) is var payload && (fits?.Invoke(payload) ?? true))
            {
                _seen.RemoveAt(i);
                return (message, payload);
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => client.DisposeAsync();
}
