using System;
using System.Formats.Asn1;
using System.IO;
using System.Linq;
using System.Text;
using Makapix.Provisioning.Images;

namespace Makapix.Provisioning.Tests.Images;

/// <summary>A valid identity with recognisable contents, and the blank template.</summary>
internal static class SampleIdentity
{
    public static readonly Guid DeviceId = Guid.Parse("01234567-89ab-4def-8123-456789abcdef");

    public static byte[] Template() => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Fixtures", "identity-template.pe"));

    /// <summary>A valid assembly whose name begins with that letter: another one, as far as nanoCLR is concerned.</summary>
    public static byte[] TemplateNamed(char first)
    {
        var pe = Template();
        pe[pe.AsSpan().IndexOf("Makapix.Device.Identity\0"u8)] = (byte)first;
        PeFile.Seal(pe);
        return pe;
    }

    public static IdentityBlob Create(int rootLength = 400, string? ssid = "Makapix Lab", string password = "correct horse") => new()
    {
        DeviceId = DeviceId,
        BrokerHost = "broker.makapix.test",
        BrokerPort = 8883,
        TrustAnchor = Der(rootLength, 0x11),
        CertificateChain = (byte[])[.. Der(500, 0x22), .. Der(450, 0x33)],
        PrivateKey = Der(121, 0x44),
        IssueTime = DateTimeOffset.FromUnixTimeSeconds(1_790_000_000),
        TopicPrefix = $"makapix/player/{DeviceId}",
        RenewalKey = Enumerable.Repeat((byte)0x55, 32).ToArray(),
        StorageKey = Enumerable.Repeat((byte)0x66, 32).ToArray(),
        WifiSsid = ssid,
        WifiPassword = Encoding.UTF8.GetBytes(password),
    };

    /// <summary>A DER SEQUENCE with an octet string of that many bytes.</summary>
    public static byte[] Der(int length, byte fill)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteOctetString(Enumerable.Repeat(fill, length).ToArray());
        }

        return writer.Encode();
    }
}
