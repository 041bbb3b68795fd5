using System;
using System.Linq;
using Makapix.Provisioning.Images;

namespace Makapix.VirtualEsp32.Tests.Support;

/// <summary>A valid identity; what it holds does not matter to a chip.</summary>
internal static class SampleIdentity
{
    public static byte[] Encode()
    {
        var id = Guid.Parse("0b9f2c1e-6a57-4b0e-9d3c-2f1e0d9c8b7a");
        using var identity = new IdentityBlob
        {
            DeviceId = id,
            BrokerHost = "broker.makapix.test",
            BrokerPort = 8883,
            TrustAnchor = Der(300),
            CertificateChain = (byte[])[.. Der(400), .. Der(400)],
            PrivateKey = Der(118),
            IssueTime = DateTimeOffset.FromUnixTimeSeconds(1_790_000_000),
            TopicPrefix = $"makapix/player/{id}",
            RenewalKey = Enumerable.Repeat((byte)1, 32).ToArray(),
            StorageKey = Enumerable.Repeat((byte)2, 32).ToArray(),
        };
        return identity.Encode();
    }

    /// <summary>A DER SEQUENCE around an OCTET STRING of that many bytes.</summary>
    private static byte[] Der(int length)
    {
        var writer = new System.Formats.Asn1.AsnWriter(System.Formats.Asn1.AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteOctetString(new byte[length]);
        }

        return writer.Encode();
    }
}
