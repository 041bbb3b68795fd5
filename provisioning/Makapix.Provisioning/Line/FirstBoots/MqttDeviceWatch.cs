using System;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;
using Makapix.Mqtt;
using Makapix.Mqtt.Desktop;

namespace Makapix.Provisioning.Line.FirstBoots;

/// <summary>
/// The real one: an MQTT session over mutual TLS as an operator. It believes a broker by the very root that the device believes it by. Each board has a session of its own, so that
/// one that is lost costs its neighbours nothing.
/// </summary>
/// <param name="station">Who we are to the broker; kept by the caller.</param>
/// <param name="root">The root of the authority, DER.</param>
public sealed class MqttDeviceWatch(ClientIdentity station, ReadOnlyMemory<byte> root) : IDeviceWatch
{
    private const int MaxStatusBytes = 4096;

    private readonly string _name = station.Leaf.GetNameInfo(X509NameType.SimpleName, forIssuer: false);

    /// <summary>How long the broker may take to bring the station its own word back.</summary>
    internal TimeSpan EchoPatience { get; init; } = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public async Task<IWatchSession> OpenAsync(string host, ushort port, Guid device, CancellationToken cancel)
    {
        var client = await MqttClient.ConnectAsync(
            new MqttClientOptions
            {
                Host = host,
                Port = port,
                Tls = new TlsOptions { TrustAnchors = [X509CertificateLoader.LoadCertificate(root.Span)], Identity = station },

                // Never the device's id, and another each time: two sessions with one client id throw each other out.
                Session = new MqttOptions($"station-{RandomNumberGenerator.GetHexString(16, lowercase: true)}") { MaxIncomingPayloadBytes = MaxStatusBytes },
            },
            cancel);
        try
        {
            await HearItselfAsync(client, $"{host}:{port}", cancel);
            await client.SubscribeAsync([FirstBootJudge.TopicOf(device)], cancellation: cancel);
            return new Session(client, FirstBootJudge.TopicOf(_name));
        }
        catch
        {
            await client.AbortAsync();
            throw;
        }
    }

    /// <summary>
    /// mosquitto grants a subscription that its access list denies, and then brings nothing of it: every good device would be called dead. So the station says something under its own
    /// name, where the list lets each name write, and must hear it by the right by which it will hear devices.
    /// </summary>
    private async Task HearItselfAsync(MqttClient client, string broker, CancellationToken cancel)
    {
        var own = FirstBootJudge.TopicOf(_name);
        using var bound = new CancellationTokenSource(EchoPatience);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(bound.Token, cancel);
        try
        {
            await client.SubscribeAsync([own], cancellation: either.Token);
            await client.PublishAsync(own, ReadOnlyMemory<byte>.Empty, cancellation: either.Token);
            await NextAsync(client, either.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new LineException(
                "156",
                $"the broker {broker} lets {_name} in, and brings it nothing of {own}, to which it has subscribed and published.",
                $"Let the broker's access list give {_name} read of makapix/player/+/status, and each name write of its own; then run the command again.");
        }
    }

    private static async Task<MqttMessage> NextAsync(MqttClient client, CancellationToken cancel)
    {
        try
        {
            return await client.Messages.ReadAsync(cancel);
        }
        catch (ChannelClosedException)
        {
            throw await client.Ended ?? new MqttException(MqttFailure.SessionLost, "the session was ended.");
        }
    }

    private sealed class Session(MqttClient client, string own) : IWatchSession
    {
        public async Task<MqttMessage> NextAsync(CancellationToken cancel)
        {
            while (true)
            {
                // What other lanes say to hear themselves comes here too, and is nothing that a device said.
                var message = await MqttDeviceWatch.NextAsync(client, cancel);
                if (message.Topic != own)
                {
                    return message;
                }
            }
        }

        public ValueTask DisposeAsync() => client.DisposeAsync();
    }
}
