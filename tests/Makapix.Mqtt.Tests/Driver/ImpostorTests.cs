using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Tasks;
using Makapix.Mqtt.Desktop;
using Makapix.Testing;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Mqtt.Tests.Driver;

/// <summary>Who is not our broker never sees a byte of MQTT, over either version of TLS; and we show who we are with our whole chain.</summary>
[TestClass]
public sealed class ImpostorTests : DriverTest
{
    public static IEnumerable<object[]> Impostors() =>
        from protocol in new[] { SslProtocols.Tls12, SslProtocols.Tls13 }
        from impostor in new (string Name, MqttFailure Kind)[]
        {
            ("of another authority", MqttFailure.ServerUntrusted),
            ("self-signed", MqttFailure.ServerUntrusted),
            ("of our authority, its chain not sent", MqttFailure.ServerUntrusted),
            ("for another name", MqttFailure.ServerNameMismatch),
            ("without a name", MqttFailure.ServerNameMismatch),
            ("expired", MqttFailure.ServerExpired),
            ("a device's", MqttFailure.ServerWrongUsage),
            ("without extended key usage", MqttFailure.ServerWrongUsage),
            ("a device's, of another authority, for another name", MqttFailure.ServerUntrusted),
        }
        select new object[] { protocol, impostor.Name, impostor.Kind };

    [TestMethod]
    [DynamicData(nameof(Impostors))]
    public async Task AnImpostorIsNamedAndHearsNothing(SslProtocols protocol, string impostor, MqttFailure kind)
    {
        int heard = 0;
        X509Certificate2 issuing = impostor.Contains("authority", StringComparison.Ordinal) ? Foreign.Services : Ours.Services;
        await using var server = FakeServer.Tls(
            Certificate(impostor), issuing, async (stream, cancellation) => heard = await stream.ReadAsync(new byte[1], cancellation), protocol);
        using ClientIdentity identity = Ours.Client("client");
        await FailsAsync(MqttClient.ConnectAsync(Options(server.Port, identity: identity, protocols: protocol)), kind);
        await server.Done.WaitAsync(Bound).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Assert.AreEqual(0, heard);
    }

    [TestMethod]
    [DataRow(SslProtocols.Tls12)]
    [DataRow(SslProtocols.Tls13)]
    public async Task OurBrokerIsTakenAndSeesOurChain(SslProtocols protocol)
    {
        string seen = "";
        await using var server = FakeServer.Tls(
            Ours.Broker("localhost"),
            Ours.Services,
            async (stream, cancellation) =>
            {
                seen = $"{stream.SslProtocol} {stream.RemoteCertificate?.Subject}";
                await FakeServer.ReadPacketAsync(stream, cancellation);
                await stream.WriteAsync(Engine.Wire.Connack(), cancellation);
                await FakeServer.Silent(stream, cancellation);
            },
            protocol);
        using ClientIdentity identity = Ours.Client("client");
        await using MqttClient client = await MqttClient.ConnectAsync(Options(server.Port, identity: identity)).WaitAsync(Bound);
        Assert.AreEqual($"{protocol} CN=client", seen);
    }

    [TestMethod]
    public void AnIdentityWithAnotherKeyOrNoChainIsRefused()
    {
        using X509Certificate2 leaf = Ours.Device(Guid.NewGuid());
        using X509Certificate2 other = Ours.Device(Guid.NewGuid());
        byte[] key = leaf.GetECDsaPrivateKey()!.ExportECPrivateKey();
        byte[] otherKey = other.GetECDsaPrivateKey()!.ExportECPrivateKey();
        Assert.ThrowsExactly<CryptographicException>(() => ClientIdentity.FromDer(leaf.RawData, otherKey));
        Assert.Throws<CryptographicException>(() => ClientIdentity.FromDer([], key));
        Assert.Throws<CryptographicException>(() => ClientIdentity.FromDer([.. leaf.RawData, 0x30], key));
        Assert.Throws<CryptographicException>(() => ClientIdentity.FromDer([0x30, 0x03, 2, 1, 1], key));
        Assert.Throws<CryptographicException>(() => ClientIdentity.FromDer(leaf.RawData, key.AsSpan(5)));
    }

    private static X509Certificate2 Certificate(string impostor)
    {
        switch (impostor)
        {
            case "of another authority":
                return Foreign.Broker("localhost");
            case "self-signed":
                using (var key = ECDsa.Create(ECCurve.NamedCurves.nistP256))
                {
                    var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
                    request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(TestPki.ServerAuth)], critical: false));
                    return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
                }

            case "of our authority, its chain not sent":
                return Ours.Broker("localhost");
            case "for another name":
                return Ours.Broker("localhost.example");
            case "without a name":
                return Ours.Broker(null);
            case "expired":
                return Ours.Broker("localhost", life: TestPki.Expired);
            case "a device's":
                return Ours.Broker("localhost", TestPki.ClientAuth);
            case "without extended key usage":
                return Ours.Broker("localhost", usage: null);
            default:
                return Foreign.Broker("elsewhere", TestPki.ClientAuth);
        }
    }
}
