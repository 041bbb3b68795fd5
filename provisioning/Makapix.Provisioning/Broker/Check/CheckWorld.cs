using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using Makapix.Mqtt.Desktop;
using Makapix.Provisioning.Authority;
using Makapix.Provisioning.Authority.Ceremonies;

namespace Makapix.Provisioning.Broker.Check;

/// <summary>Who takes part: an authority of its own in a temporary folder, the broker's credentials, and everybody's certificate. All of it goes with it.</summary>
internal sealed class CheckWorld : IDisposable
{
    /// <summary>Legitimate players.</summary>
    public const int Players = 20;

    /// <summary>Legitimate players of one household.</summary>
    public const int Housemates = 10;

    /// <summary>Addresses of a hostile network, each with a player's certificate that was stolen.</summary>
    public const int Stolen = 50;

    // Passphrases here are random, and as long as a key: there is nothing to guess, so nothing to slow down.
    private static readonly AuthorityOptions Options = new() { KeyRounds = 1000 };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("makapix-check-");
    private readonly List<CheckIdentity> _issued = [];
    private readonly X509Certificate2Collection _anchors = [];

    private CheckWorld()
    {
    }

    /// <summary>Those for whom the broker is there, each from an address of its own.</summary>
    public ImmutableArray<CheckIdentity> Legitimate { get; private set; } = [];

    /// <summary>Legitimate too, and all of them behind one address: a home, or a small office.</summary>
    public ImmutableArray<CheckIdentity> Household { get; private set; } = [];

    /// <summary>A player that is connected all the time.</summary>
    public CheckIdentity Standing { get; private set; } = null!;

    /// <summary>Players whose certificates somebody has stolen, at an address each.</summary>
    public ImmutableArray<CheckIdentity> Hostile { get; private set; } = [];

    /// <summary>One of them, from one address.</summary>
    public CheckIdentity Attacker { get; private set; } = null!;

    /// <summary>A player that stays connected, and listens.</summary>
    public CheckIdentity Victim { get; private set; } = null!;

    /// <summary>The service.</summary>
    public CheckIdentity Service { get; private set; } = null!;

    /// <summary>Certificates that must not be let in, by what is wrong with them.</summary>
    public ImmutableArray<(string What, CheckIdentity Who)> Wrong { get; private set; } = [];

    /// <summary>Folder of <c>broker.crt</c>, <c>broker.key</c>, <c>ca.crt</c> and <c>crl.pem</c>.</summary>
    public string Credentials => At("credentials");

    /// <summary>Issues all of it: the code that provisions boards, but for certificates that it would refuse to sign.</summary>
    public static CheckWorld Create(CancellationToken cancel)
    {
        var world = new CheckWorld();
        try
        {
            world.Issue(cancel);
            return world;
        }
        catch
        {
            world.Dispose();
            throw;
        }
    }

    /// <summary>A path in its folder.</summary>
    public string At(string name) => Path.Combine(_folder.FullName, name);

    /// <inheritdoc/>
    public void Dispose()
    {
        _issued.ForEach(one => one.Dispose());
        _folder.Delete(recursive: true);
    }

    private void Issue(CancellationToken cancel)
    {
        var passphrase = RandomNumberGenerator.GetHexString(32).ToCharArray();
        var rootPassphrase = RandomNumberGenerator.GetHexString(32).ToCharArray();
        using var authority = CertificateAuthority.Init(new CeremonyPlan(At("authority"), At("root")), passphrase, rootPassphrase, Options, cancel);
        _anchors.Add(X509CertificateLoader.LoadCertificate(authority.RootDer.Span));
        Legitimate = Many(authority, Players, number => Loopback.Address(1, number), cancel);
        Household = Many(authority, Housemates, _ => Loopback.Address(5, 1), cancel);
        Standing = Player(authority, Loopback.Address(4, 3));
        Hostile = Many(authority, Stolen, number => Loopback.Address(2, number), cancel);
        Attacker = Player(authority, Loopback.Address(3, 1));
        Victim = Player(authority, Loopback.Address(4, 1));
        Service = Credential(authority.IssueService("backend"), Loopback.Address(4, 2));
        using var forger = new Forger(At("authority"), passphrase);
        var revoked = Player(authority, Attacker.Address);
        authority.RevokeName(revoked.Name, X509RevocationReason.KeyCompromise);
        Wrong =
        [
            ("revoked", revoked),
            ("expired", Forged(forger.Expired)),
            ("not yet valid", Forged(forger.NotYetValid)),
            ("foreign", Forged(forger.Foreign)),
            ("wrong usage", Credential(authority.IssueBroker(["impostor.example"]), Attacker.Address)),
        ];
        new CredentialWriter(authority, Credentials).Broker(["localhost"], [IPAddress.Loopback]);
        Array.Clear(passphrase);
        Array.Clear(rootPassphrase);
    }

    private ImmutableArray<CheckIdentity> Many(CertificateAuthority authority, int count, Func<int, IPAddress> address, CancellationToken cancel) =>
        [.. Enumerable.Range(1, count).Select(number =>
        {
            cancel.ThrowIfCancellationRequested();
            return Player(authority, address(number));
        })];

    private CheckIdentity Player(CertificateAuthority authority, IPAddress address)
    {
        using var material = authority.IssueDevice(Guid.NewGuid());
        return Keep(new CheckIdentity($"{material.DeviceId:D}", address, ClientIdentity.FromDer(material.ChainDer.Span, material.PrivateKeyDer.Span), _anchors));
    }

    private CheckIdentity Credential(TlsCredential credential, IPAddress address)
    {
        using (credential)
        {
            var chain = new X509Certificate2Collection();
            chain.ImportFromPem(credential.ChainPem);
            chain.RemoveAt(0);
            return Keep(new CheckIdentity(credential.CommonName, address, ClientIdentity.FromCertificates(credential.ToCertificate(), chain), _anchors));
        }
    }

    private CheckIdentity Forged(Func<string, ClientIdentity> forge)
    {
        // In the name of a player that is there.
        return Keep(new CheckIdentity(Victim.Name, Attacker.Address, forge(Victim.Name), _anchors));
    }

    private CheckIdentity Keep(CheckIdentity identity)
    {
        _issued.Add(identity);
        return identity;
    }
}
