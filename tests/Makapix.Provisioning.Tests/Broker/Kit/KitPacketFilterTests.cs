using System;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Broker.Kit;

/// <summary>What a kit's packet filter does, loaded for real.</summary>
[TestClass]
public sealed class KitPacketFilterTests
{
    private const int Bytes = 2 * 1024 * 1024;

    private const int KilobytesPerSecond = 512;

    // What a full bucket holds: what is let through at once (the longest packet, and 8 for each of 20 connections), and a second's share.
    private const int Bucket = 132 + (20 * 8) + KilobytesPerSecond;

    private static readonly TimeSpan Least = TimeSpan.FromSeconds(((Bytes / 1024) - Bucket) / (double)KilobytesPerSecond);

    [TestMethod]
    public async Task What_one_address_sends_is_bounded_and_a_known_NAT_may_send_more()
    {
        using var bench = new KitBench();
        bench.Description["limits"] = new JsonObject { ["kilobytesPerAddress"] = KilobytesPerSecond };
        bench.Write();
        var took = await TwoMachines.SendAsync(bench, ("198.51.100.7", 8883, Bytes), ("2001:db8:9::7", 8883, Bytes), ("203.0.113.9", 8883, Bytes));
        Assert.IsGreaterThanOrEqualTo(Least, took[0]!.Value, "a stolen certificate that fills the broker's memory");
        Assert.IsGreaterThanOrEqualTo(Least, took[1]!.Value, "the same by IPv6");
        Assert.IsLessThan(Least, took[2]!.Value, "a NAT that many players share");
    }

    [TestMethod]
    public async Task A_broker_beyond_loopback_is_reached_by_the_fronts_and_by_nobody_else()
    {
        using var bench = new KitBench();
        bench.Description["brokers"] = JsonNode.Parse("""[{"name":"a","address":"198.51.100.1","port":8884}]""");
        bench.Description["fronts"] = new JsonArray("198.51.100.7");
        bench.Write();
        var took = await TwoMachines.SendAsync(bench, ("198.51.100.7", 8884, 1), ("198.51.100.8", 8884, 1), ("203.0.113.9", 8884, 1), ("192.0.2.9", 8884, 1));
        Assert.IsNotNull(took[0], "the front");
        Assert.IsNull(took[1], "its neighbour");
        Assert.IsNull(took[2], "a known NAT");
        Assert.IsNull(took[3], "who administers it");
    }

    [TestMethod]
    public async Task The_service_comes_out_of_the_tunnel_and_from_nowhere_else()
    {
        using var bench = new KitBench();
        bench.Description["overlay"] = new JsonObject
        {
            ["broker"] = new JsonObject { ["address"] = "10.77.0.1", ["publicKey"] = new string('A', 43) + "=" },
            ["service"] = new JsonObject { ["address"] = "10.77.0.2", ["publicKey"] = new string('B', 43) + "=" },
            ["endpoint"] = "vpn.example.org",
            ["port"] = 51820,
        };
        bench.Write();
        var took = await TwoMachines.SendAsync(bench, ("198.51.100.7", 8883, 1), ("10.77.0.2", 8883, 1));
        Assert.IsNotNull(took[0], "a player");
        Assert.IsNull(took[1], "a neighbour under the service's address");
    }
}
