using System;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Tasks;
using Makapix.Device.Connection;
using Makapix.Device.Host;
using Makapix.Device.Tests.Support;
using Makapix.Testing;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Device.Tests.Host;

/// <summary>What a real mosquitto does to a device that it has no room for, and to one that it does not want, must not look alike.</summary>
[TestClass]
public sealed class RefusalTests
{
    [TestMethod]
    [DataRow(SslProtocols.Tls12)]
    [DataRow(SslProtocols.Tls13)]
    public async Task overloaded_broker_is_not_a_refusal(SslProtocols protocols)
    {
        using X509Certificate2 revoked = TestPki.Shared.Device(BlobBuilder.DefaultId);
        using var broker = Mosquitto.ForPlayers(maxConnections: 1, crl: TestPki.Shared.Crl(revoked));
        await broker.StartAsync();
        var slow = new SlowMode();

        // Full: whoever comes is hung up on. However often, that is overload.
        await using (Watcher only = await Watcher.ConnectAsync(broker))
        {
            await using var device = new RunningDevice(new BlobBuilder(Guid.NewGuid(), port: broker.Port).Build(), new DeviceHostOptions { Protocols = protocols });
            await device.UntilAsync(d => d.Failures(FailureCause.Closed) >= 3);
            Assert.AreEqual(0, device.Host.Failures(FailureCause.CertificateRefused));
            Assert.AreEqual(0, device.Host.Failures(FailureCause.BrokerRefused));
            Feed(slow, device.Host.LastFailure);
            Assert.IsFalse(slow.IsOn);
        }

        // Revoked: refused by name, every time.
        await using var other = new RunningDevice(new BlobBuilder(port: broker.Port, leaf: revoked).Build(), new DeviceHostOptions { Protocols = protocols });
        await other.UntilAsync(d => d.Failures(FailureCause.CertificateRefused) >= 3);
        Feed(slow, other.Host.LastFailure);
        Assert.IsTrue(slow.IsOn);
    }

    private static void Feed(SlowMode slow, FailureCause cause)
    {
        for (int i = 0; i < 20; i++)
        {
            slow.Take(cause, i * 150_000L);
        }
    }
}
