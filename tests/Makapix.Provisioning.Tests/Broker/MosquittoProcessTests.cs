using System.Net;
using System.Threading.Tasks;
using Makapix.Mqtt.Desktop;
using Makapix.Provisioning.Broker;
using Makapix.Testing;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Broker;

/// <summary>What a broker that does not come up tells; that it serves and refuses as it should is proved end to end.</summary>
[TestClass]
public sealed class MosquittoProcessTests
{
    public required TestContext TestContext { get; init; }

    [TestMethod]
    public async Task Says_what_mosquitto_said_when_its_certificate_is_missing()
    {
        using var scratch = new Scratch();
        var options = new MosquittoOptions(scratch.Root, new IPEndPoint(IPAddress.Loopback, FreePort.Pick()), PlayerAcl.Text(["svc_backend"]));
        var refused = await Assert.ThrowsExactlyAsync<BrokerException>(() => MosquittoProcess.StartAsync(options, TestContext.CancellationToken));
        Assert.AreEqual("MKX-BROKER-003", refused.Code);
        Assert.Contains("ca.crt", refused.Message);
    }
}
