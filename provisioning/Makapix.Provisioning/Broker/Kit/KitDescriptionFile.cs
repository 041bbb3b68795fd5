using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Text.Json;
using Makapix.Provisioning.Authority;
using Makapix.Provisioning.Images;
using Makapix.Provisioning.Schemas;

namespace Makapix.Provisioning.Broker.Kit;

/// <summary>Reads a <see cref="KitDescription"/>: as its schema says, and without contradiction.</summary>
public static class KitDescriptionFile
{
    private const int MaxBytes = 64 * 1024;

    private static readonly Lazy<EmbeddedSchema> Schema = new(() => new EmbeddedSchema("Broker/kit.schema.json"));

    private static readonly JsonSerializerOptions Options = new(JsonSerializerOptions.Strict) { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>Reads and checks it. The credentials' folder becomes a full path.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="BrokerException">MKX-BROKER-020 to 022: it is none, or asks for what cannot be.</exception>
    public static KitDescription Read(string path)
    {
        var bytes = BoundedFile.Read(path, MaxBytes) ?? throw new BrokerException("020", "the description is longer than 64 KiB.", "Give --config the file that describes the broker.");
        try
        {
            using var json = new MemoryStream(bytes);
            var description = Schema.Value.Read<KitDescription, KitDescription>(json, "description of a broker", Options, read => read);
            Check(description);
            var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
            return description with
            {
                Credentials = Path.GetFullPath(description.Credentials, folder),
                Web = description.Web is { } web ? web with { Credentials = Path.GetFullPath(web.Credentials, folder) } : null,
            };
        }
        catch (InvalidDataException e)
        {
            throw new BrokerException("020", $"{Path.GetFileName(path)}: {e.Message.TrimEnd('.')}.", "Mend what it names; the README of the broker kit lists every key.", e);
        }
    }

    private static void Check(KitDescription description)
    {
        Require(description.Hosts.All(HostName.IsValid), "a host is no name that a broker's certificate can carry", "Give a DNS name in lower case, no address and no wildcard");
        Require(description.Roles.All.Distinct().Count() == description.Roles.All.Count(), "a name has two roles", "Issue a certificate for each role: what is stolen then opens one door");
        Require(description.Brokers.Select(broker => broker.Name).Distinct().Count() == description.Brokers.Length, "two brokers have one name", "Name each differently");
        Require(description.Brokers.Select(broker => (broker.Address, broker.Port)).Distinct().Count() == description.Brokers.Length, "two brokers have one address and port", "Give each its own");
        Require(!description.Brokers.Any(broker => IPAddress.Parse(broker.Address) is var address && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any))),
            "a broker listens on every address, and would be reached past the front", "Give loopback, or the address of an inner network");
        CheckFronts(description);
        int[] own = [description.Port, description.MetricsPort, description.SshPort, .. description.Web is { } web ? [web.Port, web.EntryPort, web.BrokerPort] : Array.Empty<int>()];
        Require(own.Distinct().Count() == own.Length && !description.Brokers.Any(broker => own.Contains(broker.Port)),
            "front, exporter, SSH, brokers and the entry for browsers do not have a port each", "Give each its own");
        Require(description.Web is null || !description.Roles.All.Contains(description.Web.Service), "the entry for browsers has a role beside its own", "Issue a certificate for it alone");
        Require(description.Web is null || (description.Web.Account != description.Account && description.Web.Account != description.FrontAccount), "the entry for browsers runs as the broker's account or the front's: a hole in it would read their keys", "Give 'web' an 'account' of its own");
        Require(description.Web is not { } limits || (limits.SessionsPerAddress < limits.Sessions && limits.RatePerAddress >= limits.SessionsPerAddress),
            "one address may take every session of the entry for browsers, or not open those that it may have", "Lower 'sessionsPerAddress', or raise 'sessions' or 'ratePerAddress'");
        // A '$' of .NET's regular expressions lets a line break through at the end.
        Require(Words(description).All(word => word is not null && !word.Any(char.IsControl)), "a value has a line break in it", "Take it out");
        foreach (var network in description.Management.Concat(description.KnownNats))
        {
            Require(KitNetwork.IsValid(network), $"'{network}' is no address and no network", "Write 192.0.2.7, 192.0.2.0/24 or 2001:db8::/48, without bits beyond the prefix");
        }

        new KitLimits(description).Check(description);
    }

    private static void CheckFronts(KitDescription description)
    {
        var fronts = description.Fronts.Select(IPAddress.Parse).ToList();
        var inner = description.Brokers.Select(broker => IPAddress.Parse(broker.Address)).Where(address => !IPAddress.IsLoopback(address)).ToList();
        Require(!fronts.Any(front => IPAddress.IsLoopback(front) || front.Equals(IPAddress.Any) || front.Equals(IPAddress.IPv6Any)), "a front is on loopback or everywhere", "Give the address that a broker's machine sees it come from");
        Require(fronts.Distinct().Count() == fronts.Count, "a front is named twice", "Name it once");
        Require(fronts.Count == 0 || inner.Count > 0, "there are fronts on other machines, and every broker is on loopback, where none of them reaches it", "Take 'fronts' out, or give the brokers an address of an inner network");
        Require(inner.All(broker => fronts.Exists(front => front.AddressFamily == broker.AddressFamily)),
            "a broker is not on loopback, and no front is named that could reach it: its machine's packet filter would drop the whole fleet", "Name in 'fronts' from which addresses the fronts come, of the same family");
    }

    private static IEnumerable<string> Words(KitDescription description) =>
    [
        description.Home, description.Account, .. description.Roles.All, .. description.Brokers.Select(broker => broker.Name),
        .. description.Web is { } web ? [web.Service, web.Account, .. web.Origins] : Array.Empty<string>(),
        .. description.Overlay is { } overlay ? [overlay.Endpoint, overlay.Broker.PublicKey, overlay.Service.PublicKey] : Array.Empty<string>(),
    ];

    private static void Require(bool holds, string what, string then)
    {
        if (!holds)
        {
            throw new BrokerException("021", $"the description asks for what cannot be: {what}.", $"{then}.");
        }
    }
}
