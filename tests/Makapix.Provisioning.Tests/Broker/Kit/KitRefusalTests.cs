using System;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using Makapix.Provisioning.Broker;
using Makapix.Testing;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Broker.Kit;

/// <summary>What is no description, and credentials that would lock the fleet out: a code, and nothing written.</summary>
[TestClass]
public sealed class KitRefusalTests
{
    [TestMethod]
    [DataRow("020", "colour", "\"red\"", DisplayName = "an unknown key")]
    [DataRow("020", "fleetSize", "0", DisplayName = "no fleet")]
    [DataRow("020", "fleetSize", "20001", DisplayName = "more than one front has ports for")]
    [DataRow("020", "management", "[]", DisplayName = "nobody may administer it: the filter would lock its owner out")]
    [DataRow("020", "home", "\"/etc/x\\nuser root\"", DisplayName = "a directive smuggled in behind a line break")]
    [DataRow("020", "home", "\"/etc/../root\"", DisplayName = "a way up")]
    [DataRow("020", "home", "\"/etc/{{port}}\"", DisplayName = "a placeholder")]
    [DataRow("020", "account", "\"root\"", DisplayName = "the broker as root")]
    [DataRow("020", "roles", "{\"services\":[\"svc_a\\ntopic readwrite #\"]}", DisplayName = "a rule smuggled into the access list")]
    [DataRow("020", "roles", "{\"services\":[\"op_a\"]}", DisplayName = "an operator as a service")]
    [DataRow("020", "listen", "[\"0.0.0.0:1\"]", DisplayName = "an address that is none")]
    [DataRow("020", "hosts", "[\"*.example.org\"]", DisplayName = "a wildcard")]
    [DataRow("021", "knownNats", "[\"0.0.0.0/0\"]", DisplayName = "everybody as a known NAT")]
    [DataRow("021", "knownNats", "[\"::/0\"]", DisplayName = "everybody as a known NAT, IPv6")]
    [DataRow("021", "knownNats", "[\"203.0.113.7/24\"]", DisplayName = "bits beyond the prefix")]
    [DataRow("021", "knownNats", "[\"1.2\"]", DisplayName = "an address in two parts")]
    [DataRow("020", "mosquitto", "\"2.0.20\"", DisplayName = "a version: every file holds for each that the kit knows")]
    [DataRow("020", "fronts", "[\"10.0.0.0/8\"]", DisplayName = "a network as a front")]
    [DataRow("021", "fronts", "[\"10.77.0.9\"]", DisplayName = "a front elsewhere, and brokers that only this machine reaches")]
    [DataRow("021", "brokers", "[{\"name\":\"a\",\"address\":\"10.77.0.3\",\"port\":8884}]", DisplayName = "a broker elsewhere, which the packet filter lets nobody reach")]
    [DataRow("021", "brokers", "[{\"name\":\"a\",\"address\":\"0.0.0.0\",\"port\":8884}]", DisplayName = "a broker past the front")]
    [DataRow("021", "brokers", "[{\"name\":\"a\",\"address\":\"127.0.0.1\",\"port\":8883}]", DisplayName = "a broker on the front's port")]
    [DataRow("021", "sshPort", "8883", DisplayName = "SSH on the players' port")]
    [DataRow("021", "hosts", "[\"10.1.2.3\"]", DisplayName = "an address as a host")]
    [DataRow("021", "account", "\"mosquitto\\n\"", DisplayName = "a line break at the end")]
    [DataRow("021", "roles", "{\"services\":[\"svc_a\"],\"operators\":[\"op_a\\n\"]}", DisplayName = "a line break at the end of a role")]
    [DataRow("022", "limits", "{\"connections\":50}", DisplayName = "fewer connections than players")]
    [DataRow("022", "limits", "{\"connectionsPerAddress\":5000}", DisplayName = "one address may take all")]
    [DataRow("022", "limits", "{\"ratePerAddress\":5}", DisplayName = "a household cannot return")]
    [DataRow("022", "limits", "{\"packetBytes\":4096,\"queuedBytes\":2048}", DisplayName = "a queue shorter than a packet")]
    [DataRow("022", "limits", "{\"memoryMegabytes\":32,\"queuedBytes\":1073741824}", DisplayName = "a queue larger than the memory")]
    [DataRow("020", "web", "{\"credentials\":\"kit/web\",\"origins\":[\"*\"]}", DisplayName = "a token may be used by any page")]
    [DataRow("020", "web", "{\"credentials\":\"kit/web\",\"origins\":[\"https://a.example } { always_true\"]}", DisplayName = "a rule smuggled into an origin")]
    [DataRow("021", "web", "{\"credentials\":\"kit/web\",\"origins\":[\"https://a.example\"],\"port\":8883}", DisplayName = "browsers on the players' port")]
    [DataRow("021", "web", "{\"credentials\":\"kit/web\",\"origins\":[\"https://a.example\"],\"service\":\"svc_backend\"}", DisplayName = "browsers with the service's rights")]
    [DataRow("021", "web", "{\"credentials\":\"kit/web\",\"origins\":[\"https://a.example\"],\"sessions\":5,\"sessionsPerAddress\":5}", DisplayName = "one address may take all that there is for browsers")]
    [DataRow("020", "web", "{\"credentials\":\"kit/web\",\"origins\":[\"https://a.example\"],\"account\":\"root\"}", DisplayName = "what reads the web as root")]
    [DataRow("021", "web", "{\"credentials\":\"kit/web\",\"origins\":[\"https://a.example\"],\"account\":\"nobody\"}", DisplayName = "what reads the web as the broker's account, which reads its key")]
    [DataRow("021", "web", "{\"credentials\":\"kit/web\",\"origins\":[\"https://a.example\"],\"account\":\"haproxy\"}", DisplayName = "what reads the web as the front's account")]
    [DataRow("021", "web", "{\"credentials\":\"kit/web\",\"origins\":[\"https://a.example\"],\"account\":\"a\\n\"}", DisplayName = "a line break at the end of an account")]
    [DataRow("046", "web", "{\"credentials\":\"nowhere\",\"origins\":[\"https://a.example\"]}", DisplayName = "no credentials of the entry for browsers")]
    [DataRow("024", "hosts", "[\"other.example.org\"]", DisplayName = "a host that is not in the certificate")]
    [DataRow("023", "credentials", "\"nowhere\"", DisplayName = "no credentials")]
    public void Refuses_a_description_that_cannot_be(string code, string key, string value)
    {
        using var bench = new KitBench();
        bench.Description[key] = JsonNode.Parse(value);
        Refused(bench, code);
    }

    [TestMethod]
    [DataRow("[\"127.0.0.1\"]", DisplayName = "a front on loopback")]
    [DataRow("[\"0.0.0.0\"]", DisplayName = "everybody as a front")]
    [DataRow("[\"::\", \"10.77.0.9\"]", DisplayName = "everybody as a front, IPv6")]
    [DataRow("[\"2001:db8::9\"]", DisplayName = "no front of the broker's family")]
    [DataRow("[\"10.77.0.9\", \"2001:db8::9\", \"2001:db8:0::9\"]", DisplayName = "one front in two spellings")]
    public void Refuses_fronts_that_could_not_reach_a_broker_or_anybody_could_be(string fronts)
    {
        using var bench = new KitBench();
        bench.Description["brokers"] = JsonNode.Parse("""[{"name":"a","address":"10.77.0.3","port":8884}]""");
        bench.Description["fronts"] = JsonNode.Parse(fronts);
        Refused(bench, "021");
    }

    [TestMethod]
    public void An_unknown_key_is_told_by_its_name()
    {
        using var bench = new KitBench();
        bench.Description["colour"] = "red";
        Assert.Contains("/colour: there is no member of that name", Refused(bench, "020").Message);
    }

    [TestMethod]
    [DataRow("023", "crl.pem", null, DisplayName = "no CRL")]
    [DataRow("023", "crl.pem", "noise", DisplayName = "noise as a CRL")]
    [DataRow("023", "broker.crt", "noise", DisplayName = "noise as a certificate")]
    [DataRow("023", "ca.crt", null, DisplayName = "no trust")]
    public void Refuses_credentials_that_are_none(string code, string file, string? content)
    {
        using var bench = new KitBench();
        File.Delete(Path.Combine(bench.Certs, file));
        if (content is not null)
        {
            bench.Put(file, content);
        }

        Refused(bench, code);
    }

    [TestMethod]
    public void Refuses_a_certificate_that_is_over()
    {
        using var bench = new KitBench();
        using var over = TestPki.Shared.Broker(KitBench.Host, life: TestPki.Expired);
        bench.Put("broker.crt", over.ExportCertificatePem());
        Refused(bench, "025");
    }

    [TestMethod]
    public void Refuses_a_revocation_list_that_is_over_since_mosquitto_would_refuse_everybody()
    {
        using var bench = new KitBench();
        Refused(bench, "026", DateTimeOffset.UtcNow.AddDays(2));
    }

    [TestMethod]
    public void Overwrites_nothing()
    {
        using var bench = new KitBench();
        bench.Write();
        var before = bench.Read("haproxy.cfg");
        bench.Description["fleetSize"] = 7;
        Refused(bench, "027");
        Assert.AreEqual(before, bench.Read("haproxy.cfg"));
    }

    private static BrokerException Refused(KitBench bench, string number, DateTimeOffset? now = null)
    {
        File.WriteAllText(bench.Config, "");
        var before = bench.Entries.ToList();
        var error = Assert.ThrowsExactly<BrokerException>(() => bench.Write(now));
        Assert.AreEqual($"MKX-BROKER-{number}", error.Code);
        CollectionAssert.AreEqual(before, bench.Entries.ToList());
        return error;
    }
}
