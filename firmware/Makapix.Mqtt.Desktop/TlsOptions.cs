using System;
using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Makapix.Mqtt.Desktop;

/// <summary>
/// How a server proves itself, and we to it. Nothing here turns a check off: chain, validity, serverAuth and host name are always demanded.
/// </summary>
public sealed record TlsOptions
{
    /// <summary>The only roots that a server's chain may end in; the system's store is not looked at. Whoever can get any public CA to sign cannot be our broker.</summary>
    public required X509Certificate2Collection TrustAnchors { get; init; }

    /// <summary>Our certificate; null to show none.</summary>
    public ClientIdentity? Identity { get; init; }

    /// <summary>TLS 1.2, 1.3 or both.</summary>
    public SslProtocols Protocols { get; init; } = SslProtocols.Tls12 | SslProtocols.Tls13;

    /// <summary>The address of this machine to come from; null for the system's choice.</summary>
    public IPAddress? LocalAddress { get; init; }

    /// <summary>How long name resolution and TCP may take.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the TLS handshake may take: a server that accepts and says nothing must not hold us.</summary>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(10);

    internal void Validate()
    {
        if (TrustAnchors.Count == 0)
        {
            throw new ArgumentException("no trust anchor: no server could prove itself");
        }

        if (Protocols is SslProtocols.None || (Protocols & ~(SslProtocols.Tls12 | SslProtocols.Tls13)) != 0)
        {
            throw new ArgumentException("TLS 1.2 and 1.3 only");
        }

        if (ConnectTimeout <= TimeSpan.Zero || HandshakeTimeout <= TimeSpan.Zero)
        {
            throw new ArgumentException("a timeout must be above zero");
        }
    }
}
