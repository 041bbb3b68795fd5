using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;

namespace Makapix.Provisioning.Broker.Kit;

/// <summary>What goes into the templates: every limit as <c>name</c> with its reason as <c>why.name</c>, and what the description says, as each program spells it.</summary>
internal static class KitValues
{
    // HAProxy takes no more than 64 words and 2,048 characters in a line; lists of one name are one list.
    private const int NatsInALine = 32;

    /// <summary>Values that every file may use.</summary>
    public static Dictionary<string, string> Of(KitDescription description, KitLimits limits)
    {
        var values = new Dictionary<string, string>
        {
            ["generated"] = $"Written by makapix broker kit for {string.Join(", ", description.Hosts)}, a fleet of {description.FleetSize}. Change the description and write it anew: what is changed here is lost.",
            ["hosts"] = string.Join(", ", description.Hosts),
            ["home"] = description.Home,
            ["account"] = description.Account,
            ["frontAccount"] = description.FrontAccount is { } front ? $"    chroot /var/lib/haproxy\n    user {front}\n    group {front}" : "",
            ["front"] = description.FrontAccount ?? "",
            ["accounts"] = string.Join('\n', Accounts(description)),
            ["port"] = Text(description.Port),
            ["metricsPort"] = Text(description.MetricsPort),
            ["sshPort"] = Text(description.SshPort),
            ["helloSeconds"] = Text(KitLimits.HelloSeconds),
            ["first"] = description.Brokers[0].Name,
            ["units"] = string.Join(' ', description.Brokers.Select(broker => $"makapix-broker@{broker.Name}")),
            ["limits"] = string.Join('\n', limits.All.Select(limit => $"| {limit.Name} | {limit.Value} | {limit.Why} |")),
        };
        foreach (var limit in limits.All)
        {
            values[limit.Name] = Text(limit.Value);
            values[$"why.{limit.Name}"] = limit.Why;
        }

        AddDerived(values, limits);
        AddFront(values, description);
        AddWeb(values, description, limits);
        AddNetworks(values, description);
        values["frontFiles"] = Text((int.Parse(values["processConnections"], CultureInfo.InvariantCulture) * 2) + 256);
        return values;
    }

    /// <summary>The same, and what one broker's own file says.</summary>
    public static Dictionary<string, string> Of(Dictionary<string, string> common, KitBroker broker, bool withWeb)
    {
        var values = new Dictionary<string, string>(common) { ["broker.address"] = broker.Address, ["broker.port"] = Text(broker.Port) };
        values["web.listener"] = withWeb ? Part("mosquitto-web.part", values) : "";
        return values;
    }

    private static void AddDerived(Dictionary<string, string> values, KitLimits limits)
    {
        values["memoryBackstop"] = ((long)limits.MemoryMegabytes.Value << 21).ToString(CultureInfo.InvariantCulture);
        values["brokerFiles"] = Text(limits.BrokerConnections.Value + 64);
        values["processConnections"] = Text(limits.FrontConnections.Value + 32);
        values["silentRate"] = Text(limits.RatePerAddress.Value * 4);
        values["natRate"] = Text(limits.ConnectionsPerNat.Value * 3);
        values["silentNatRate"] = Text(limits.ConnectionsPerNat.Value * 3 * 4);
        values["newBurst"] = Text(limits.RatePerAddress.Value * 4);
        values["newNetworkBurst"] = Text(limits.RatePerNetwork.Value * 4);
        values["newNatBurst"] = Text(limits.ConnectionsPerNat.Value * 3 * 4);
        values["kilobytesNetworkBurst"] = Text(KitLimits.Kilobytes(limits.KilobytesBurst, KitLimits.NetworkHouseholds));
        values["kilobytesNatBurst"] = Text(KitLimits.Kilobytes(limits.KilobytesBurst, limits.NatHouseholds));
        values["sharedConnections"] = Text(limits.SharedConnections);
        values["sharedFront"] = Text(limits.FrontConnections.Value - limits.ReservedConnections.Value);
        values["nearCap"] = Text(limits.SharedConnections * 9 / 10);
    }

    private static void AddFront(Dictionary<string, string> values, KitDescription description)
    {
        values["binds"] = string.Join('\n', description.Listen.Select(address => $"    bind {Endpoint(address, description.Port)}{(KitNetwork.IsV6(address) ? " v6only" : "")}"));
        string[] nats = [.. description.KnownNats, .. description.Overlay is { } overlay ? [overlay.Service.Address] : Array.Empty<string>()];
        values["natRule"] = nats.Length == 0 ? "    acl known_nat always_false" : Sources("known_nat", nats);
        values["reservedRule"] = Sources("reserved", [.. nats.Concat(description.Management).Distinct()]);

        // Brokers that share nothing are not used at once: a player on one would not hear a service on the other.
        values["balance"] = description.Clustered ? "    balance leastconn" : "    balance first";
        values["servers"] = string.Join('\n', description.Brokers.Select((broker, index) =>
            $"    server {broker.Name} {Endpoint(broker.Address, broker.Port)} maxconn {values["connections"]} check inter 5s fall 3 rise 2 on-marked-down shutdown-sessions{(index > 0 && !description.Clustered ? " backup" : "")}"));

        // A front on a broker's own machine comes from that machine's address.
        string[] reach = ["localhost", .. description.Fronts, .. description.Fronts.IsEmpty ? [] : description.Brokers.Where(IsInner).Select(broker => broker.Address)];
        values["unitAddresses"] = $"IPAddressDeny=any\nIPAddressAllow={string.Join(' ', reach.Distinct())}";
    }

    private static void AddWeb(Dictionary<string, string> values, KitDescription description, KitLimits limits)
    {
        values["ports"] = description.Web is { } open ? $"{{ {description.Port}, {open.Port} }}" : Text(description.Port);
        values["bannedPorts"] = description.Web is { } banned ? $"{description.Port},{banned.Port}" : Text(description.Port);
        values["web.frontend"] = "";
        values["web.failregex"] = "";
        values["web.install"] = "";
        if (description.Web is { } web)
        {
            values["web.binds"] = string.Join('\n', description.Listen.Select(address => $"    bind {Endpoint(address, web.Port)}{(KitNetwork.IsV6(address) ? " v6only" : "")} ssl crt {description.Home}/web/site.pem ssl-min-ver TLSv1.2 alpn http/1.1"));
            values["web.failregex"] = Part("fail2ban-web.part", values);
            values["web.account"] = web.Account;
            values["web.reach"] = IsInner(description.Brokers[0]) ? $"localhost {description.Brokers[0].Address}" : "localhost";
            values["web.front"] = Text(web.Sessions * 2);
            values["web.perAddress"] = Text(web.SessionsPerAddress);
            values["web.rate"] = Text(web.RatePerAddress);
            values["web.perNetwork"] = Text(KitLimits.OfNetwork(web.SessionsPerAddress, web.Sessions));
            values["web.networkRate"] = Text(web.RatePerAddress * KitLimits.NetworkHouseholds);
            values["web.origins"] = string.Join(' ', web.Origins);
            values["web.originPattern"] = string.Join('|', web.Origins).Replace(".", "\\.", StringComparison.Ordinal);
            values["web.sites"] = string.Join(", ", description.Hosts);
            values["web.entryPort"] = Text(web.EntryPort);
            values["web.brokerPort"] = Text(web.BrokerPort);
            values["web.sessions"] = Text(web.Sessions);
            values["processConnections"] = Text(limits.FrontConnections.Value + 32 + (web.Sessions * 2));
            values["brokerFiles"] = Text(limits.BrokerConnections.Value + 64 + web.Sessions);
            values["web.install"] = Part("README-web.part", values);
            values["web.frontend"] = Part("haproxy-web.part", values);
        }
    }

    private static void AddNetworks(Dictionary<string, string> values, KitDescription description)
    {
        values["management.v4"] = Elements(description.Management, v6: false);
        values["management.v6"] = Elements(description.Management, v6: true);
        values["nat.v4"] = Elements(description.KnownNats, v6: false);
        values["nat.v6"] = Elements(description.KnownNats, v6: true);
        values["neverBanned"] = string.Join(' ', new[] { "127.0.0.0/8", "::1" }
            .Concat(description.Brokers.Select(broker => broker.Address))
            .Concat(description.Fronts)
            .Concat(description.Listen.Where(address => IPAddress.Parse(address) is var parsed && !parsed.Equals(IPAddress.Any) && !parsed.Equals(IPAddress.IPv6Any)))
            .Concat(description.Management)
            .Concat(description.KnownNats)
            .Concat(description.Overlay is { } tunnel ? [tunnel.Broker.Address, tunnel.Service.Address] : [])
            .Distinct());
        values["front.rules"] = string.Join('\n', FrontRules(description));
        values["overlay.sources"] = "";
        values["overlay.tracking"] = "";
        values["overlay.rules"] = "";
        values["overlay.install"] = "";
        if (description.Overlay is { } overlay)
        {
            values["overlay.broker"] = overlay.Broker.Address;
            values["overlay.brokerKey"] = overlay.Broker.PublicKey;
            values["overlay.service"] = overlay.Service.Address;
            values["overlay.serviceKey"] = overlay.Service.PublicKey;
            values["overlay.endpoint"] = overlay.Endpoint;
            values["overlay.port"] = Text(overlay.Port);
            values["overlay.tracking"] = Part("makapix-broker-tracking.part", values);
            values["overlay.sources"] = Part("makapix-broker-sources.part", values);
            values["overlay.rules"] = $"        udp dport {overlay.Port} accept";
            values["overlay.install"] = Part("README-overlay.part", values);
        }
    }

    private static IEnumerable<string> Accounts(KitDescription description)
    {
        yield return $"u {description.Account} - \"Makapix broker\"";
        if (description.Web is { } web)
        {
            yield return $"u {web.Account} - \"Makapix broker's entry for browsers\"";
        }
    }

    private static IEnumerable<string> FrontRules(KitDescription description) =>
        from broker in description.Brokers
        where IsInner(broker)
        let v6 = KitNetwork.IsV6(broker.Address)
        let family = v6 ? "ip6" : "ip"
        let fronts = string.Join(", ", description.Fronts.Where(front => KitNetwork.IsV6(front) == v6))
        let ports = broker == description.Brokers[0] && description.Web is { } web ? $"{{ {broker.Port}, {web.BrokerPort} }}" : Text(broker.Port)
        select $"        {family} saddr {{ {fronts} }} {family} daddr {broker.Address} tcp dport {ports} accept";

    private static bool IsInner(KitBroker broker) => !IPAddress.IsLoopback(IPAddress.Parse(broker.Address));

    private static string Part(string name, Dictionary<string, string> values) => KitTemplate.Fill(name, values).TrimEnd('\n');

    private static string Elements(IEnumerable<string> networks, bool v6)
    {
        var all = networks.Where(network => KitNetwork.IsV6(network) == v6).ToList();
        return all.Count == 0 ? "" : $"        auto-merge\n        elements = {{ {string.Join(", ", all)} }}";
    }

    private static string Sources(string list, string[] networks) => string.Join('\n', networks.Chunk(NatsInALine).Select(some => $"    acl {list} src {string.Join(' ', some)}"));

    private static string Endpoint(string address, int port) => KitNetwork.IsV6(address) ? $"[{address}]:{port}" : $"{address}:{port}";

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
