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
        var worker = run.FrontWorkerIds.Single();
        var file = Path.Combine(bench.Home, "haproxy.cfg");
        Assert.Contains(Network, File.ReadAllText(file));
        File.WriteAllText(file, File.ReadAllText(file).Replace(Network, "src,ipmask(8,48)", StringComparison.Ordinal));
        await ProcessSignal.SendAsync(run.FrontProcessId, "USR2", Cancel);
        await RunBench.UntilAsync(() => Task.FromResult(run.FrontWorkerIds is [var now] && now != worker), "the front goes by its old file");

        using var client = new HostileClient(run.Front);
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

        Assert.IsFalse(run.Log.Any(line => line.Contains("state=PR", StringComparison.Ordinal)), "a neighbour would be banned");
    }

    private async Task<HostileConnection?> ServedAsync(HostileClient client, int number)
    {
        var connection = await client.TcpAsync(IPAddress.Parse($"127.0.4.{number}"), Cancel);
        Assert.IsNotNull(connection);
        await connection.WriteAsync(await ClientHello.NewAsync(Cancel), Cancel);
        if (await connection.ReadAsync(1, Cancel) is [0x16])
        {
            return connection;
        }

        connection.Dispose();
        return null;
    }
}
