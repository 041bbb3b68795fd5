using System;
using Makapix.Provisioning.Authority;

namespace Makapix.Provisioning.Images;

/// <summary>From what the authority issued to what the device is given.</summary>
public sealed partial class IdentityBlob
{
    private const string TopicRoot = "makapix/player/";

    /// <summary>The blob of an identity that was just issued, <see cref="Length"/> bytes. The caller zeroes it.</summary>
    /// <param name="identity">Who the device is; not kept.</param>
    /// <param name="brokerHost">DNS name or IPv4 address of its broker.</param>
    /// <param name="brokerPort">TLS port of its broker.</param>
    /// <param name="wifiSsid">Its network; null for none.</param>
    /// <param name="wifiPassword">That network's password, UTF-8; empty for none.</param>
    public static byte[] EncodeIssued(DeviceIdentityMaterial identity, string brokerHost, ushort brokerPort, string? wifiSsid = null, ReadOnlySpan<byte> wifiPassword = default)
    {
        ArgumentNullException.ThrowIfNull(identity);
        using var blob = new IdentityBlob
        {
            DeviceId = identity.DeviceId,
            BrokerHost = brokerHost,
            BrokerPort = brokerPort,
            TrustAnchor = identity.RootDer.Span,
            CertificateChain = identity.ChainDer.Span,
            PrivateKey = identity.PrivateKeyDer.Span,
            IssueTime = identity.IssuedAt,
            TopicPrefix = $"{TopicRoot}{identity.DeviceId:D}",
            RenewalKey = identity.RenewalKey.Span,
            StorageKey = identity.StorageKey.Span,
            WifiSsid = wifiSsid,
            WifiPassword = wifiPassword,
        };
        return blob.Encode();
    }
}
