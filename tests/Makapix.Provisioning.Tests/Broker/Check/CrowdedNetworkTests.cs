using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Provisioning.Broker.Check;
using Makapix.Provisioning.Broker.Kit;
using Makapix.Provisioning.Broker.Up;
using Makapix.Provisioning.Tests.Broker.Up;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Broker.Check;

/// <summary>An attacker with a /48 of IPv6 has 65,536 /64s, each within its own limits. Loopback has one /64 alone: here 127.0.0.0/8 stands for the /48, and its addresses for the /64s.</summary>
[TestClass]
public sealed class CrowdedNetworkTests
{
    private const string Network = "src,ipmask(32,48)";

    public required TestContext TestContext { get; init; }

    private CancellationToken Cancel => TestContext.CancellationToken;

    [TestMethod]
    public async Task A_tunnel_with_thousands_of_networks_of_its_own_has_the_share_of_sixteen_and_bans_nobody()
    {
        await using var bench = new RunBench();
        bench.Bench.Description["limits"] = new JsonObject { ["connectionsPerAddress"] = 1 };
        var run = await bench.StartAsync(cancel: Cancel);
        var text = File.ReadAllText(Path.Combine(bench.Home, "haproxy.cfg"));
        Assert.Contains(Network, text);
        var ports = KitPorts.Free(0);
        var file = Path.Combine(bench.Home, "crowded.cfg");
        File.WriteAllText(file, text.Replace(Network, "src,ipmask(8,48)", StringComparison.Ordinal).Replace($":{run.Ports.Front}\n", $":{ports.Front}\n", StringComparison.Ordinal).Replace($":{run.Ports.Metrics}\n", $":{ports.Metrics}\n", StringComparison.Ordinal));
        var listen = new IPEndPoint(IPAddress.Loopback, ports.Front);
        await using var front = await FrontProcess.StartAsync(file, listen, heard: null, Cancel);

        using var client = new HostileClient(listen);
        var held = new List<HostileConnection>();
        try
        {
            while (await ServedAsync(client, held.Count + 1) is { } connection)
            {
                held.Add(connection);
                Assert.IsLessThanOrEqualTo(KitLimits.NetworkHouseholds, held.Count);
            }

            Assert.AreEqual(KitLimits.NetworkHouseholds, held.Count);
        }
        finally
        {
            held.ForEach(connection => connection.Dispose());
        }

        // The refused one ended before them.
        await RunBench.UntilAsync(() => Task.FromResult(front.Log.Count(line => line.Contains("client=127.0.4.", StringComparison.Ordinal)) >= held.Count), "the front tells of those that it served");
        Assert.IsFalse(front.Log.Any(line => line.Contains("state=PR", StringComparison.Ordinal)), "a neighbour would be banned");
    }

    private async Task<HostileConnection?> ServedAsync(HostileClient client, int number)
    {
        var connection = await client.TcpAsync(IPAddress.Parse($"127.0.4.{number}"), Cancel);
        Assert.IsNotNull(connection);
        return await FrontCaller.GreetAsync(connection, Cancel);
    }
}
