using System;
using System.IO;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Makapix.Mqtt.Desktop;
using Makapix.Provisioning.Broker.Kit;

namespace Makapix.Provisioning.Broker.Web;

/// <summary>The entry for browsers as a kit's description has it.</summary>
public static class KitEntry
{
    /// <summary>Starts it, beside the first broker.</summary>
    /// <param name="description">The kit's; with <see cref="KitDescription.Web"/>.</param>
    /// <param name="clock">The time.</param>
    /// <exception cref="BrokerException">044: the kit has none. 042, 045, 046: a file of it is missing, or none. 047: the broker's certificate does not name the broker's address. 043: its port is taken.</exception>
    public static WebEntry Start(KitDescription description, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(description);
        var web = description.Web ?? throw new BrokerException("044", "the description has no entry for browsers.", "Give it 'web': the README of the broker kit says what belongs there.");
        var broker = description.Brokers[0];
        KitCredentials.CheckWeb(description);
        try
        {
            var trust = new X509Certificate2Collection();
            trust.ImportFromPemFile(Path.Combine(web.Credentials, "ca.crt"));
            var chain = new X509Certificate2Collection();
            chain.ImportFromPemFile(Path.Combine(web.Credentials, "svc.crt"));
            chain.RemoveAt(0);
            var identity = ClientIdentity.FromCertificates(X509Certificate2.CreateFromPemFile(Path.Combine(web.Credentials, "svc.crt"), Path.Combine(web.Credentials, "svc.key")), chain);
            var options = new WebEntryOptions(
                new IPEndPoint(IPAddress.Loopback, web.EntryPort), new IPEndPoint(IPAddress.Parse(broker.Address), web.BrokerPort), KitCredentials.EntryHost(description), identity, trust, web.Sessions)
            {
                Clock = clock,
            };
            return WebEntry.Start(options, new WebTokenVerifier(File.ReadAllText(Path.Combine(web.Credentials, "token.pem")), clock));
        }
        catch (CryptographicException e)
        {
            throw new BrokerException("045", "svc.crt, svc.key or ca.crt of the entry for browsers is none.", "Issue them again: makapix ca issue-service.", e);
        }
    }
}
