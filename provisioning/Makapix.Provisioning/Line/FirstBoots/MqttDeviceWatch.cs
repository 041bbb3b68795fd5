using System;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;
using Makapix.Mqtt;
using Makapix.Mqtt.Desktop;

namespace Makapix.Provisioning.Line.FirstBoots;

/// <summary>The real one: an MQTT session over mutual TLS as an operator. It believes a broker by the very root that the device believes it by.</summary>
/// <param name="station">Who we are to the broker; kept by the caller.</param>
/// <param name="root">The root of the authority, DER.</param>
public sealed class MqttDeviceWatch(ClientIdentity station, ReadOnlyMemory<byte> root) : IDeviceWatch
{
    private const int MaxStatusBytes = 4096;

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
            await client.SubscribeAsync([FirstBootJudge.TopicOf(device)], cancellation: cancel);
            return new Session(client);
        }
        catch
        {
            await client.AbortAsync();
            throw;
        }
    }

    private sealed class Session(MqttClient client) : IWatchSession
    {
        public async Task<MqttMessage> NextAsync(CancellationToken cancel)
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

        public ValueTask DisposeAsync() => client.DisposeAsync();
    }
}
