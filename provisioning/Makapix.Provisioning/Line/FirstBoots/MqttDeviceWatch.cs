using System;
using System.Collections.Generic;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;
using Makapix.Mqtt;
using Makapix.Mqtt.Desktop;

namespace Makapix.Provisioning.Line.FirstBoots;

/// <summary>
/// The real one: an MQTT session over mutual TLS as an operator. It believes a broker by the very root that the device believes it by. All boards share one session: a broker that
/// binds a session to the name in the certificate gives the station one, and a second would end the first.
/// </summary>
/// <param name="station">Who we are to the broker; kept by the caller.</param>
/// <param name="root">The root of the authority, DER.</param>
public sealed class MqttDeviceWatch(ClientIdentity station, ReadOnlyMemory<byte> root) : IDeviceWatch
{
    private const int MaxStatusBytes = 4096;

    private readonly string _name = station.Leaf.GetNameInfo(X509NameType.SimpleName, forIssuer: false);

    // Held while a session is opened or left: one board must not close what another is about to use.
    private readonly SemaphoreSlim _gate = new(1, 1);

    private readonly Dictionary<(string Host, ushort Port), SharedWatch> _open = [];

    /// <summary>How long the broker may take to bring the station its own word back.</summary>
    internal TimeSpan EchoPatience { get; init; } = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public async Task<IWatchSession> OpenAsync(string host, ushort port, Guid device, CancellationToken cancel)
    {
        await _gate.WaitAsync(cancel);
        try
        {
            if (!_open.TryGetValue((host, port), out var shared) || shared.HasEnded)
            {
                _open[(host, port)] = shared = new SharedWatch(await ConnectAsync(host, port, cancel));
            }

            try
            {
                return new Session(this, (host, port), shared, await shared.ListenAsync(FirstBootJudge.TopicOf(device), cancel));
            }
            catch
            {
                await CloseIfIdleAsync((host, port), shared);
                throw;
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<MqttClient> ConnectAsync(string host, ushort port, CancellationToken cancel)
    {
        var client = await MqttClient.ConnectAsync(
            new MqttClientOptions
            {
                Host = host,
                Port = port,
                Tls = new TlsOptions { TrustAnchors = [X509CertificateLoader.LoadCertificate(root.Span)], Identity = station },

                // Never a device's id, and another each time: two sessions with one client id throw each other out.
                Session = new MqttOptions($"station-{RandomNumberGenerator.GetHexString(16, lowercase: true)}") { MaxIncomingPayloadBytes = MaxStatusBytes },
            },
            cancel);
        try
        {
            await HearItselfAsync(client, $"{host}:{port}", cancel);
            return client;
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
            await client.Messages.ReadAsync(either.Token);
        }
        catch (ChannelClosedException e)
        {
            throw await client.Ended ?? new MqttException(MqttFailure.SessionLost, "the session was ended.", e);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new LineException(
                "156",
                $"the broker {broker} lets {_name} in, and brings it nothing of {own}, to which it has subscribed and published.",
                $"Let the broker's access list give {_name} read of makapix/player/+/status, and each name write of its own; then run the command again.");
        }
    }

    private async Task LeaveAsync((string Host, ushort Port) broker, SharedWatch shared, SharedWatch.Listener listener)
    {
        await _gate.WaitAsync();
        try
        {
            await shared.LeaveAsync(listener);
            await CloseIfIdleAsync(broker, shared);
        }
        finally
        {
            _gate.Release();
        }
    }

    // Held by nobody, the session would outlive the line: nobody disposes of a watch.
    private async Task CloseIfIdleAsync((string Host, ushort Port) broker, SharedWatch shared)
    {
        if (shared.IsIdle)
        {
            if (_open.GetValueOrDefault(broker) == shared)
            {
                _open.Remove(broker);
            }

            await shared.DisposeAsync();
        }
    }

    private sealed class Session(MqttDeviceWatch watch, (string Host, ushort Port) broker, SharedWatch shared, SharedWatch.Listener listener) : IWatchSession
    {
        public Task<MqttMessage> NextAsync(CancellationToken cancel) => listener.NextAsync(cancel);

        public async ValueTask DisposeAsync() => await watch.LeaveAsync(broker, shared, listener);
    }
}
