using System;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Makapix.Mqtt.Desktop;

namespace Makapix.Provisioning.Broker.Web;

/// <summary>What the entry for browsers needs.</summary>
/// <param name="Listen">Where the front finds it: loopback, since nothing is encrypted here.</param>
/// <param name="Broker">The broker's listener for it.</param>
/// <param name="BrokerHost">The broker's name, in its certificate.</param>
/// <param name="Identity">The entry's certificate: what no browser may hear, the broker's access list does not give it.</param>
/// <param name="TrustAnchors">What the broker's certificate must end in.</param>
/// <param name="Sessions">Browsers at a time.</param>
public sealed record WebEntryOptions(IPEndPoint Listen, IPEndPoint Broker, string BrokerHost, ClientIdentity Identity, X509Certificate2Collection TrustAnchors, int Sessions)
{
    /// <summary>How long a browser may take to show its token.</summary>
    public TimeSpan HelloLimit { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The time: a session ends with its token.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
