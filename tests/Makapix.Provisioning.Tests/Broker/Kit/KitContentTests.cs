using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using Makapix.Provisioning.Broker.Kit;
using Makapix.Provisioning.Broker.Lint;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Broker.Kit;

/// <summary>What a kit says.</summary>
[TestClass]
public sealed class KitContentTests
{
    private const string TwoBrokers = """[{"name":"a","address":"127.0.0.1","port":8884},{"name":"b","address":"127.0.0.1","port":8885}]""";

    [TestMethod]
    public void Leaves_no_placeholder_and_no_key()
    {
        using var bench = new KitBench();
        var files = bench.Write();
        CollectionAssert.AreEquivalent(files.ToList(), Directory.GetFiles(bench.Out).Select(Path.GetFileName).ToList());
        foreach (var file in files)
        {
            var text = bench.Read(file);
            Assert.DoesNotContain("{{", text, file);
            Assert.DoesNotContain("PRIVATE KEY", text, file);
        }
    }

    [TestMethod]
    public void Is_found_sound_by_the_linter()
    {
        using var bench = new KitBench();
        bench.Write();
        string[] files = [.. new[] { "mosquitto-a.conf", "acl", "compose.yaml" }.Select(name => Path.Combine(bench.Out, name))];
        Assert.AreEqual("", string.Join('\n', BrokerLint.Run(files).Select(finding => finding.ToString())));

        // That it looks at the container at all.
        File.WriteAllText(files[2], bench.Read("compose.yaml").Replace("cap_drop: [ALL]", "cap_drop: []", System.StringComparison.Ordinal));
        Assert.AreEqual("privileged-container", BrokerLint.Run([files[2]]).Single().Rule);
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(24)]
    [DataRow(500)]
    [DataRow(20_000)]
    public void Limits_grow_with_the_fleet_and_never_contradict(int fleet)
    {
        using var bench = new KitBench();
        bench.Description["fleetSize"] = fleet;
        bench.Write();
        var limits = new KitLimits(KitDescriptionFile.Read(bench.Config));
        Assert.IsGreaterThan(fleet, limits.Connections.Value);
        Assert.IsGreaterThan(limits.Connections.Value, limits.BrokerConnections.Value);
        Assert.IsGreaterThan(limits.Connections.Value, limits.FrontConnections.Value);
        Assert.Contains($"MemoryMax={limits.MemoryMegabytes.Value}M\n", bench.Read("makapix-broker@.service"));
        Assert.Contains($"memory_limit {(long)limits.MemoryMegabytes.Value << 21}\n", bench.Read("mosquitto-a.conf"));
        Assert.Contains($"max_connections {limits.BrokerConnections.Value}\n", bench.Read("mosquitto-a.conf"));
        Assert.Contains($"maxconn {limits.FrontConnections.Value}\n", bench.Read("haproxy.cfg"));
    }

    [TestMethod]
    [DataRow(null, 14)]
    [DataRow(120, 14)]
    [DataRow(101, 1)]
    [DataRow(100, 0, DisplayName = "no player's place is kept for somebody else")]
    public void What_is_reserved_is_left_of_what_the_fleet_needs(int? connections, int reserved)
    {
        using var bench = new KitBench();
        bench.Description["limits"] = new JsonObject { ["connections"] = connections };
        if (connections is null)
        {
            bench.Description.Remove("limits");
        }

        bench.Write();
        var limits = new KitLimits(KitDescriptionFile.Read(bench.Config));
        Assert.AreEqual(reserved, limits.ReservedConnections.Value);
        Assert.IsGreaterThanOrEqualTo(100, limits.SharedConnections);
        Assert.Contains($"reject if !reserved {{ be_conn(brokers) ge {limits.SharedConnections} }}\n", bench.Read("haproxy.cfg"));
        Assert.Contains($"reject if !reserved {{ fe_conn gt {limits.FrontConnections.Value - reserved} }}\n", bench.Read("haproxy.cfg"));
        Assert.Contains("    acl reserved src 203.0.113.0/24 192.0.2.0/24 2001:db8:1::/48\n", bench.Read("haproxy.cfg"));
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(10)]
    [DataRow(240)]
    [DataRow(10_000)]
    public void The_more_handshakes_there_are_the_less_an_address_has(int handshakes)
    {
        using var bench = new KitBench();
        bench.Description["limits"] = new JsonObject { ["handshakesPerSecond"] = handshakes };
        bench.Write();
        var limits = new KitLimits(KitDescriptionFile.Read(bench.Config));
        int[] steps = [1, limits.BusyHandshakes.Value, limits.PressedHandshakes.Value, limits.CrammedHandshakes.Value, limits.SharedHandshakes.Value, limits.HandshakesPerSecond.Value];
        CollectionAssert.AreEqual(steps.Order().ToArray(), steps);
        Assert.IsLessThan(limits.RatePerAddress.Value, limits.RatePerAddressBusy.Value);
        Assert.IsLessThan(limits.RatePerAddressBusy.Value, limits.RatePerAddressCrammed.Value);
        Assert.IsLessThan(limits.RatePerAddressBusy.Value, limits.PacePerAddress.Value);
        Assert.IsLessThan(limits.TriesPerAddressBusy.Value, limits.TriesPerAddressCrammed.Value);
        Assert.IsGreaterThan(limits.RatePerAddressCrammed.Value, limits.TriesPerAddressCrammed.Value, "a household that is refused may try again");
        Assert.IsLessThan(limits.RatePerAddress.Value * 4, limits.TriesPerAddressBusy.Value, "or it would never hold");
        Assert.Contains($"    tcp-request connection reject if crammed !reserved {{ sc0_conn_rate gt {limits.TriesPerAddressCrammed.Value} }}\n", bench.Read("haproxy.cfg"));
        Assert.Contains($"    tcp-request content reject if crammed !reserved {{ sc2_conn_rate gt {limits.TriesPerAddressCrammed.Value * 16} }}\n", bench.Read("haproxy.cfg"));
        Assert.Contains($"    tcp-request content reject if known_nat {{ sc0_gpc1_rate ge {handshakes} }}\n", bench.Read("haproxy.cfg"), "in 2 s");
    }

    [TestMethod]
    [DataRow(100, 320)]
    [DataRow(20_000, 320)]
    public void A_network_of_IPv6_has_the_share_of_sixteen_addresses_in_the_front_and_in_the_packet_filter(int fleet, int share)
    {
        using var bench = new KitBench();
        bench.Description["fleetSize"] = fleet;
        bench.Write();
        Assert.Contains("tcp-request content track-sc2 src,ipmask(32,48) table networks\n", bench.Read("haproxy.cfg"));
        Assert.Contains($"acl crowd sc2_conn_cur gt {share}\n", bench.Read("haproxy.cfg"));
        Assert.Contains("acl crowd sc2_gpc0_rate ge 960\n", bench.Read("haproxy.cfg"));
        Assert.Contains($"add @open48 {{ ip6 saddr and ffff:ffff:ffff:: ct count over {share * 4} }}", bench.Read("makapix-broker.nft"));
        Assert.Contains("add @new48 { ip6 saddr and ffff:ffff:ffff:: limit rate over 384/second burst 3840 packets }", bench.Read("makapix-broker.nft"));
    }

    [TestMethod]
    [DataRow(20, 1000, 320)]
    [DataRow(20, 400, 200, DisplayName = "never more than half of all")]
    [DataRow(20, 30, 20, DisplayName = "never less than one address")]
    public void One_network_never_takes_all(int address, int all, int share) => Assert.AreEqual(share, KitLimits.OfNetwork(address, all));

    [TestMethod]
    public void Whoever_has_SSH_elsewhere_is_not_locked_out()
    {
        using var bench = new KitBench();
        bench.Description["sshPort"] = 2222;
        bench.Write();
        Assert.Contains("ip saddr @management4 tcp dport 2222 accept", bench.Read("makapix-broker.nft"));
        Assert.Contains("ip6 saddr @management6 tcp dport 2222 accept", bench.Read("makapix-broker.nft"));
        Assert.DoesNotContain("dport 22 ", bench.Read("makapix-broker.nft"));
    }

    [TestMethod]
    public void A_flood_of_pings_uses_up_nothing_that_neighbours_need()
    {
        using var bench = new KitBench();
        bench.Write();
        var filter = bench.Read("makapix-broker.nft");
        var neighbours = filter.IndexOf("nd-neighbor-solicit, nd-neighbor-advert } ip6 hoplimit 255 accept", System.StringComparison.Ordinal);
        Assert.IsInRange(0, filter.IndexOf("ipv6-icmp } limit", System.StringComparison.Ordinal) - 1, neighbours);
    }

    [TestMethod]
    public void Every_limit_says_where_it_comes_from()
    {
        using var bench = new KitBench();
        bench.Description["limits"] = new JsonObject { ["queuedMessages"] = 7 };
        bench.Write();
        var limits = new KitLimits(KitDescriptionFile.Read(bench.Config));
        Assert.IsTrue(limits.All.All(limit => bench.Read("README.md").Contains($"| {limit.Name} | {limit.Value} | {limit.Why} |", System.StringComparison.Ordinal)));
        Assert.Contains("set in the description; 100 would be derived", bench.Read("mosquitto-a.conf"));
    }

    [TestMethod]
    public void Brokers_that_share_nothing_stand_by_and_those_that_do_share_the_fleet()
    {
        using var bench = new KitBench();
        bench.Description["brokers"] = JsonNode.Parse(TwoBrokers);
        bench.Write();
        Assert.HasCount(1, bench.Read("haproxy.cfg").Split('\n').Where(line => line.EndsWith(" backup", System.StringComparison.Ordinal)).ToList());
        Directory.Delete(bench.Out, recursive: true);
        bench.Description["clustered"] = true;
        bench.Write();
        Assert.DoesNotContain(" backup", bench.Read("haproxy.cfg"));
        Assert.Contains("balance leastconn", bench.Read("haproxy.cfg"));
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Warned_is_of_the_connections_that_the_front_counts_before_it_refuses_them(bool clustered)
    {
        using var bench = new KitBench();
        bench.Description["brokers"] = JsonNode.Parse(TwoBrokers);
        bench.Description["clustered"] = clustered;
        bench.Write();
        var shared = new KitLimits(KitDescriptionFile.Read(bench.Config)).SharedConnections;
        Assert.Contains($"{{ be_conn(brokers) ge {shared} }}", bench.Read("haproxy.cfg"));

        // Of two brokers that share the fleet, neither has nine tenths of it.
        Assert.Contains($"expr: haproxy_backend_current_sessions{{proxy=\"brokers\"}} > {shared * 9 / 10}\n", bench.Read("alerts.yml"));
        Assert.Contains($"expr: haproxy_backend_current_sessions{{proxy=\"brokers\"}} >= {shared}\n", bench.Read("alerts.yml"));
    }

    [TestMethod]
    public void The_entry_for_browsers_is_off_unless_it_is_asked_for()
    {
        using var bench = new KitBench("localhost");
        bench.Write();
        Assert.IsFalse(File.Exists(Path.Combine(bench.Out, "Caddyfile")));
        foreach (var file in (string[])["haproxy.cfg", "mosquitto-a.conf", "acl", "makapix-broker.nft"])
        {
            Assert.DoesNotContain("web", bench.Read(file));
            Assert.DoesNotContain("443", bench.Read(file));
        }

        Directory.Delete(bench.Out, recursive: true);
        bench.AddWeb();
        bench.Write();
        Assert.Contains("tcp dport { 8883, 443 } ct state new tcp flags & (fin | syn | rst | ack) == syn jump players", bench.Read("makapix-broker.nft"));
        var acl = bench.Read("acl");
        Assert.DoesNotContain("write", acl[acl.IndexOf("user svc_web", System.StringComparison.Ordinal)..acl.IndexOf("user svc_backend", System.StringComparison.Ordinal)]);
    }

    [TestMethod]
    public void A_reload_is_not_held_to_the_profile_of_the_broker_which_lets_nothing_but_the_broker_be_run()
    {
        using var bench = new KitBench();
        bench.Write();
        var commands = bench.Read("makapix-broker@.service").Split('\n').Where(line => line.StartsWith("Exec", System.StringComparison.Ordinal)).ToList();
        var profile = bench.Read("apparmor");
        Assert.IsNotEmpty(commands);
        foreach (var command in commands)
        {
            var program = command[(command.IndexOf('=', System.StringComparison.Ordinal) + 1)..].Split(' ')[0];
            Assert.IsTrue(program[0] == '+' || profile.Contains($"  {program} mr,", System.StringComparison.Ordinal), command);
        }
    }

    [TestMethod]
    public void Each_role_has_the_topics_of_its_work_and_nobody_has_all()
    {
        using var bench = new KitBench();
        bench.Description["roles"] = JsonNode.Parse("""{"services":["svc_backend"],"watch":["svc_watch"],"renewal":["svc_renewal"],"operators":["op_ada"]}""");
        bench.Write();
        var acl = bench.Read("acl");
        Assert.IsFalse(acl.Split('\n').Any(line => line.EndsWith('#') && !line.EndsWith("response/#", System.StringComparison.Ordinal) && !line.StartsWith("topic deny ", System.StringComparison.Ordinal)));
        var watch = acl[acl.IndexOf("user svc_watch", System.StringComparison.Ordinal)..acl.IndexOf("user svc_renewal", System.StringComparison.Ordinal)];
        Assert.DoesNotContain("write", watch);
        Assert.Contains("user svc_renewal\ntopic deny makapix/player/svc_renewal/#\ntopic read makapix/player/+/command/ack\ntopic write makapix/player/+/command\n", acl);
        Assert.Contains("user op_ada\ntopic read makapix/player/+/status\ntopic read makapix/player/+/command/ack\ntopic write makapix/player/+/command\n", acl);
    }
}
