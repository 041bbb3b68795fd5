using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Makapix.Provisioning.Authority;
using Makapix.Provisioning.Images;

namespace Makapix.Provisioning.Broker.Kit;

/// <summary>The broker's certificate, trust and CRLs, looked at before a kit is written for them: mosquitto would start with most of what is wrong here.</summary>
internal static class KitCredentials
{
    private static readonly string[] OfWeb = ["svc.crt", "svc.key", "ca.crt", "token.pem", "site.pem"];

    // A CRL of a large fleet is the longest of them.
    private const int MaxBytes = 16 * 1024 * 1024;

    /// <exception cref="BrokerException">MKX-BROKER-023 to 026: a file is missing or none, a name is missing, or something has expired.</exception>
    public static void Check(KitDescription description, DateTimeOffset now)
    {
        using var certificate = Certificate(Read(description, "broker.crt"));
        Read(description, "ca.crt");
        foreach (var host in description.Hosts)
        {
            if (!certificate.MatchesHostname(host, allowWildcards: false, allowCommonName: false))
            {
                throw new BrokerException("024", $"the broker's certificate does not name {host}.", "Take it out of 'hosts', or issue a certificate with it: makapix ca issue-broker --host.");
            }
        }

        if (now >= certificate.NotAfter || now < certificate.NotBefore)
        {
            throw new BrokerException("025", $"the broker's certificate is good from {certificate.NotBefore:u} to {certificate.NotAfter:u} only.", "Issue another: makapix ca issue-broker.");
        }

        if (description.Web is not null)
        {
            CheckWeb(description);
        }

        if (RevocationList.Ends(Read(description, "crl.pem")) is not { } ends)
        {
            throw new BrokerException("023", "crl.pem is no text of revocation lists.", "Write it again: makapix ca crl.");
        }

        // mosquitto refuses every client by an expired list.
        if (ends.Min() is var end && now >= end)
        {
            throw new BrokerException("026", $"a revocation list in crl.pem ended {end:u}; the broker would refuse every player.", "Write it again: makapix ca crl.");
        }
    }

    /// <summary>The files of the entry for browsers, and the name by which it knows the broker.</summary>
    /// <exception cref="BrokerException">046: a file is missing. 047: it would not know the broker.</exception>
    public static void CheckWeb(KitDescription description)
    {
        foreach (var name in OfWeb)
        {
            if (!File.Exists(Path.Combine(description.Web!.Credentials, name)))
            {
                throw new BrokerException(
                    "046", $"{name} is not in the folder that the 'credentials' of 'web' name.", "Put it there: svc.crt, svc.key and ca.crt are of makapix ca issue-service, token.pem of openssl pkey -pubout, site.pem is the website's certificate and key.");
            }
        }

        EntryHost(description);
    }

    /// <summary>The first broker's address, as its certificate names it.</summary>
    public static string EntryHost(KitDescription description)
    {
        using var certificate = Certificate(Read(description, "broker.crt"));
        var address = description.Brokers[0].Address;
        string[] names = IPAddress.IsLoopback(IPAddress.Parse(address)) ? [address, "localhost"] : [address];
        return Array.Find(names, name => certificate.MatchesHostname(name, allowWildcards: false, allowCommonName: false))
            ?? throw new BrokerException("047", $"the broker's certificate does not name {address}, where the entry for browsers reaches it.", $"Issue one that does as well: makapix ca issue-broker --ip {address}.");
    }

    /// <summary>When the broker's certificate ends, and each list of revocations, UTC; the lists in the order of the file, null if it is none.</summary>
    public static (DateTimeOffset Certificate, IReadOnlyList<DateTimeOffset>? Lists) Ends(KitDescription description)
    {
        using var certificate = Certificate(Read(description, "broker.crt"));
        return (certificate.NotAfter.ToUniversalTime(), RevocationList.Ends(Read(description, "crl.pem")));
    }

    private static X509Certificate2 Certificate(string pem)
    {
        try
        {
            return X509Certificate2.CreateFromPem(pem);
        }
        catch (CryptographicException e)
        {
            throw new BrokerException("023", "broker.crt is no certificate in PEM.", "Issue it again: makapix ca issue-broker.", e);
        }
    }

    private static string Read(KitDescription description, string name)
    {
        var path = Path.Combine(description.Credentials, name);
        if (!File.Exists(path))
        {
            throw new BrokerException("023", $"{name} is not in the folder that 'credentials' names.", name == "crl.pem" ? "Write it: makapix ca crl." : "Name the folder that makapix ca issue-broker made.");
        }

        return System.Text.Encoding.ASCII.GetString(BoundedFile.Read(path, MaxBytes) ?? throw new BrokerException("023", $"{name} is longer than 16 MiB.", "Name the folder that makapix ca issue-broker made."));
    }
}
