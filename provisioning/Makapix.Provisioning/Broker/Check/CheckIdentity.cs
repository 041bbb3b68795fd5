using System;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Makapix.Mqtt;
using Makapix.Mqtt.Desktop;

namespace Makapix.Provisioning.Broker.Check;

/// <summary>Somebody who connects: a certificate with its key, and where he comes from.</summary>
/// <param name="Name">The CN: a player's id, or a service's name.</param>
/// <param name="Address">An address of loopback.</param>
/// <param name="Certificate">Chain and key.</param>
/// <param name="Anchors">The root that the broker must come from.</param>
internal sealed record CheckIdentity(string Name, IPAddress Address, ClientIdentity Certificate, X509Certificate2Collection Anchors) : IDisposable
{
    // Longer than the bound on the 99th percentile, by far: what takes so long has failed.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>How this one does TLS.</summary>
    public TlsOptions Tls => new() { TrustAnchors = Anchors, Identity = Certificate, LocalAddress = Address, ConnectTimeout = Patience, HandshakeTimeout = Patience };

    /// <summary>A topic of this player.</summary>
    public string Topic(string name) => $"makapix/player/{Name}/{name}";

    /// <summary>How this one connects in good faith: its own name is its client id.</summary>
    public MqttClientOptions To(IPEndPoint broker) => new()
    {
        Host = broker.Address.ToString(),
        Port = broker.Port,
        Tls = Tls,
        Session = new MqttOptions(Name) { ConnackTimeoutMilliseconds = (int)Patience.TotalMilliseconds },
    };

    /// <inheritdoc/>
    public void Dispose() => Certificate.Dispose();
}
