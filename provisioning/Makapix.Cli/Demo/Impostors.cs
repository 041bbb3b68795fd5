using System;
using System.Collections.Generic;
using System.IO;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Makapix.Provisioning.Broker.Check;

namespace Makapix.Cli.Demo;

/// <summary>
/// Certificates that an impostor may present. The hardest cases come from the real services CA, as if somebody had tricked it: right issuer,
/// and one thing wrong.
/// </summary>
internal sealed class Impostors : IDisposable
{
    private readonly X509Certificate2 _servicesCa;
    private readonly ECDsa _servicesKey = ECDsa.Create();
    private readonly ForeignAuthority _foreign;

    public Impostors(DemoWorld world)
    {
        _foreign = world.Stranger;
        _servicesCa = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(world.Folders.Authority, "services-issuing-g1.crt"));
        _servicesKey.ImportFromEncryptedPem(File.ReadAllText(Path.Combine(world.Folders.Authority, "services-issuing-g1.key")), world.Passphrase);
    }

    /// <summary>What an impostor sends after its leaf.</summary>
    public X509Certificate2Collection Chain => [_servicesCa];

    public IEnumerable<(string What, X509Certificate2 Leaf)> All()
    {
        yield return ("of another CA", _foreign.IssueBroker(DemoWorld.BrokerHost));
        yield return ("for another host name", Leaf(MisissuedLeaf.ServerAuth, "broker.example"));
        yield return ("expired", Leaf(MisissuedLeaf.ServerAuth, DemoWorld.BrokerHost, (DateTimeOffset.UtcNow.AddDays(-2), DateTimeOffset.UtcNow.AddHours(-1))));
        yield return ("a client's (clientAuth only)", Leaf(MisissuedLeaf.ClientAuth, DemoWorld.BrokerHost));
    }

    /// <summary>The one that the device must believe: everything right. Without it, a device that refuses everybody would pass.</summary>
    public X509Certificate2 Genuine() => Leaf(MisissuedLeaf.ServerAuth, DemoWorld.BrokerHost);

    /// <summary>The broker's own name, for servers and clients at once.</summary>
    public X509Certificate2 GoodForEverything() => Leaf([.. MisissuedLeaf.ServerAuth, .. MisissuedLeaf.ClientAuth], DemoWorld.BrokerHost);

    public void Dispose()
    {
        _servicesCa.Dispose();
        _servicesKey.Dispose();
    }

    private X509Certificate2 Leaf(OidCollection usages, string host) => Leaf(usages, host, MisissuedLeaf.AroundNow);

    private X509Certificate2 Leaf(OidCollection usages, string host, (DateTimeOffset From, DateTimeOffset To) validity) =>
        MisissuedLeaf.Create(_servicesCa, _servicesKey, $"CN={host}", [host], usages, validity);
}
