using System.IO;
using System.Linq;
using System.Net;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Makapix.Testing;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Broker.Kit;

/// <summary>Whom fail2ban counts, and whom it never bans.</summary>
[TestClass]
public sealed class KitBanTests
{
    [TestMethod]
    [DataRow(true, "makapix-front client=198.51.100.7:4711 server=players/<NOSRV> state=PR wait=-1 time=2001 bytes=0/0 open=21 rate=3", DisplayName = "refused by a rule")]
    [DataRow(true, "makapix-front client=2001:db8::7:4711 server=players/<NOSRV> state=PR wait=-1 time=0 bytes=0/0 open=21 rate=3", DisplayName = "refused by a rule, IPv6")]
    [DataRow(true, "Nov 26 02:21:12 edge haproxy[812]: makapix-front client=198.51.100.7:4711 server=players/<NOSRV> state=PR wait=-1 time=0 bytes=0/0 open=1 rate=3", DisplayName = "with syslog's head")]
    [DataRow(false, "makapix-front client=198.51.100.7:4711 server=brokers/a state=-- wait=0 time=90000 bytes=812/4096 open=1 rate=1", DisplayName = "a session that ended")]
    [DataRow(false, "makapix-front client=198.51.100.7:4711 server=brokers/a state=SC wait=0 time=2000 bytes=0/0 open=1 rate=1", DisplayName = "the broker is down: the whole fleet would be banned")]
    [DataRow(false, "makapix-front client=198.51.100.7:4711 server=brokers/a state=sQ wait=5000 time=5000 bytes=0/0 open=1 rate=1", DisplayName = "the broker is full")]
    [DataRow(false, "makapix-front client=198.51.100.7:4711 server=brokers/a state=cD wait=0 time=180000 bytes=10/10 open=1 rate=1", DisplayName = "a player whose network went away")]
    [DataRow(true, "makapix-web client=198.51.100.7:4711 state=PR status=400 time=0 open=1 rate=3", DisplayName = "browsers' entry: no request of HTTP")]
    [DataRow(true, "Nov 26 02:21:12 edge haproxy[812]: makapix-web client=2001:db8::7:4711 state=PR status=400 time=-1 open=1 rate=3", DisplayName = "browsers' entry: no request of HTTP, IPv6, with syslog's head")]
    [DataRow(false, "makapix-web client=198.51.100.7:4711 state=PR status=403 time=0 open=1 rate=3", DisplayName = "browsers' entry: another's page, whose visitors would be banned for it")]
    [DataRow(false, "makapix-web client=198.51.100.7:4711 state=PR status=404 time=0 open=1 rate=3", DisplayName = "browsers' entry: another path, to which any page leads its visitors")]
    [DataRow(false, "makapix-web client=198.51.100.7:4711 state=cR status=408 time=5000 open=1 rate=3", DisplayName = "browsers' entry: a connection that a browser opened beforehand")]
    [DataRow(false, "makapix-web client=198.51.100.7:4711 state=-- status=101 time=90000 open=1 rate=1", DisplayName = "browsers' entry: a session that ended")]
    [DataRow(false, "1700000000: Client makapix-front client=198.51.100.7:1 server=x state=PR wait=0 time=0 bytes=0/0 open=1 rate=1 disconnected.", DisplayName = "a client id made to look like a refusal")]
    public async Task Counts_what_a_rule_refused_and_nothing_else(bool counted, string line)
    {
        using var bench = new KitBench("localhost");
        bench.AddWeb();
        bench.Write();
        using var scratch = new Scratch();
        var (_, text) = await KitTool.RunAsync("fail2ban-regex", scratch.Write("front.log", line + "\n"), Path.Combine(bench.Out, "fail2ban-filter.conf"));
        Assert.Contains($"Lines: 1 lines, 0 ignored, {(counted ? 1 : 0)} matched", text);
    }

    [TestMethod]
    [DataRow("127.0.0.1")]
    [DataRow("127.9.9.9")]
    [DataRow("::1")]
    [DataRow("10.77.0.3", DisplayName = "a broker")]
    [DataRow("198.51.100.1", DisplayName = "the front itself")]
    [DataRow("10.77.0.9", DisplayName = "a front on another machine")]
    [DataRow("192.0.2.44", DisplayName = "who administers")]
    [DataRow("203.0.113.9", DisplayName = "a known NAT")]
    [DataRow("10.77.0.2", DisplayName = "the service, through the tunnel")]
    public void Never_bans_those_whom_the_broker_lives_by(string address)
    {
        using var bench = new KitBench();
        bench.Description["listen"] = new JsonArray("198.51.100.1");
        bench.Description["brokers"] = new JsonArray(new JsonObject { ["name"] = "b", ["address"] = "10.77.0.3", ["port"] = 8884 });
        bench.Description["fronts"] = new JsonArray("10.77.0.9");
        bench.Description["overlay"] = new JsonObject
        {
            ["broker"] = new JsonObject { ["address"] = "10.77.0.1", ["publicKey"] = new string('A', 43) + "=" },
            ["service"] = new JsonObject { ["address"] = "10.77.0.2", ["publicKey"] = new string('B', 43) + "=" },
            ["endpoint"] = "vpn.example.org",
            ["port"] = 51820,
        };
        bench.Write();
        var ignored = bench.Read("fail2ban-jail.conf").Split('\n').Single(line => line.StartsWith("ignoreip = ", System.StringComparison.Ordinal))["ignoreip = ".Length..].Split(' ');
        Assert.IsTrue(ignored.Any(one => IPNetwork.TryParse(one, out var network) ? network.Contains(IPAddress.Parse(address)) : one == address), string.Join(' ', ignored));
        Assert.IsFalse(ignored.Any(one => IPNetwork.TryParse(one, out var network) && network.Contains(IPAddress.Parse("198.51.100.7"))));
    }
}
