using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Makapix.Provisioning.Authority;
using Makapix.Provisioning.Images;

namespace Makapix.Provisioning.Broker.Kit;

/// <summary>The broker's certificate, trust and CRLs, looked at before a kit is written for them: mosquitto would start with most of what is wrong here.</summary>
internal static class KitCredentials
{
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
