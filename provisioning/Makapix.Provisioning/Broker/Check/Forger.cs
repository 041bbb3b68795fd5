using System;
using System.IO;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Makapix.Mqtt.Desktop;

namespace Makapix.Provisioning.Broker.Check;

/// <summary>Players' certificates that our authority does not sign, since its profiles refuse them: signed past it, with the key of the devices' CA or with a stranger's.</summary>
internal sealed class Forger : IDisposable
{
    private readonly X509Certificate2 _devices;
    private readonly ECDsa _devicesKey = ECDsa.Create();
    private readonly ECDsa _foreignKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public Forger(string authority, char[] passphrase)
    {
        _devices = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(authority, "devices-issuing-g1.crt"));
        _devicesKey.ImportFromEncryptedPem(File.ReadAllText(Path.Combine(authority, "devices-issuing-g1.key")), passphrase);
    }

    /// <summary>Right but for its end, which was yesterday.</summary>
    public ClientIdentity Expired(string name) => Leaf(name, _devicesKey, TimeSpan.FromDays(-3), TimeSpan.FromDays(-1));

    /// <summary>Right but for its beginning, which is tomorrow.</summary>
    public ClientIdentity NotYetValid(string name) => Leaf(name, _devicesKey, TimeSpan.FromDays(1), TimeSpan.FromDays(3));

    /// <summary>Says that our CA issued it, and another key has signed it.</summary>
    public ClientIdentity Foreign(string name) => Leaf(name, _foreignKey, TimeSpan.FromDays(-1), TimeSpan.FromDays(1));

    public void Dispose()
    {
        _devices.Dispose();
        _devicesKey.Dispose();
        _foreignKey.Dispose();
    }

    private ClientIdentity Leaf(string name, ECDsa signer, TimeSpan from, TimeSpan to)
    {
        var now = DateTimeOffset.UtcNow;
        return ClientIdentity.FromCertificates(MisissuedLeaf.Create(_devices, signer, $"CN={name}", [], MisissuedLeaf.ClientAuth, (now + from, now + to)), [_devices]);
    }
}
