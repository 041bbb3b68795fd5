using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;
using Makapix.Provisioning.Broker;
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
        var folder = Directory.CreateTempSubdirectory("makapix-broker-");
        try
        {
            var options = new MosquittoOptions(folder.FullName, new IPEndPoint(IPAddress.Loopback, FreePort()), PlayerAcl.Text(["svc_backend"]));
            var refused = await Assert.ThrowsExactlyAsync<BrokerException>(() => MosquittoProcess.StartAsync(options, TestContext.CancellationToken));
            Assert.AreEqual("MKX-BROKER-003", refused.Code);
            Assert.Contains("ca.crt", refused.Message);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
