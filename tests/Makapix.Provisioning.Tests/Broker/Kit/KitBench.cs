using System;
using System.Collections.Generic;
using System.IO;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Makapix.Provisioning.Broker.Kit;
using Makapix.Testing;

namespace Makapix.Provisioning.Tests.Broker.Kit;

/// <summary>A description, the credentials that it names, and a place for the kit.</summary>
internal sealed class KitBench : IDisposable
{
    /// <summary>The broker's name in <see cref="TestPki"/>'s certificate.</summary>
    public const string Host = "broker.example.org";

    private readonly Scratch _scratch = new();

    /// <param name="host">The broker's name.</param>
    public KitBench(string host = Host)
    {
        var pki = TestPki.Shared;
        Certs = _scratch.Folder("kit", "certs");
        using var leaf = pki.Broker(host);
        using var key = leaf.GetECDsaPrivateKey()!;
        using var revoked = pki.Device(Guid.NewGuid());
        Put("broker.crt", $"{leaf.ExportCertificatePem()}\n{pki.Services.ExportCertificatePem()}\n");
        Put("broker.key", key.ExportPkcs8PrivateKeyPem());
        Put("ca.crt", $"{pki.Root.ExportCertificatePem()}\n{pki.Devices.ExportCertificatePem()}\n{pki.Services.ExportCertificatePem()}\n");
        Put("crl.pem", pki.Crl(revoked));
        Description = new JsonObject
        {
            ["hosts"] = new JsonArray(host),
            ["fleetSize"] = 100,
            ["credentials"] = "kit/certs",
            ["management"] = new JsonArray("192.0.2.0/24", "2001:db8:1::/48"),
            ["roles"] = new JsonObject { ["services"] = new JsonArray("svc_backend") },
            ["knownNats"] = new JsonArray("203.0.113.0/24"),
            ["account"] = "nobody",
        };
    }

    /// <summary>What <see cref="Config"/> will hold.</summary>
    public JsonObject Description { get; }

    public string Config => _scratch.At("broker.json");

    public string Certs { get; }

    /// <summary>The folder of the kit.</summary>
    public string Out => _scratch.At("out");

    /// <summary>Where <see cref="Install"/> puts it.</summary>
    public string Home => _scratch.At("kit");

    /// <summary>All that is there.</summary>
    public IEnumerable<string> Entries => _scratch.Entries;

    public void Put(string name, string content) => File.WriteAllText(Path.Combine(Certs, name), content);

    /// <summary>Passphrase of <see cref="TokenKey"/>.</summary>
    public const string TokenPassphrase = "a token's own";

    /// <summary>The key that signs tokens, once <see cref="AddWeb"/> made it.</summary>
    public string TokenKey => _scratch.At("token.key");

    /// <summary>Adds an entry for browsers, with all that it needs.</summary>
    public void AddWeb(int perAddress = 4)
    {
        var pki = TestPki.Shared;
        var folder = _scratch.Folder("kit", "web");
        void Write(string name, string text) => File.WriteAllText(Path.Combine(folder, name), text);
        using var service = pki.Operator("svc_web");
        using var serviceKey = service.GetECDsaPrivateKey()!;
        Write("svc.crt", $"{service.ExportCertificatePem()}\n{pki.Services.ExportCertificatePem()}\n");
        Write("svc.key", serviceKey.ExportPkcs8PrivateKeyPem());
        Write("ca.crt", pki.Root.ExportCertificatePem());
        Write("site.pem", File.ReadAllText(Path.Combine(Certs, "broker.crt")) + File.ReadAllText(Path.Combine(Certs, "broker.key")));
        using var token = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Write("token.pem", token.ExportSubjectPublicKeyInfoPem());
        File.WriteAllText(TokenKey, token.ExportEncryptedPkcs8PrivateKeyPem(TokenPassphrase, new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000)));
        Description["web"] = new JsonObject { ["credentials"] = "kit/web", ["origins"] = new JsonArray("https://makapix.example"), ["sessions"] = 6, ["sessionsPerAddress"] = perAddress };
    }

    /// <summary>Writes the description, and reads it.</summary>
    public KitDescription Describe()
    {
        File.WriteAllText(Config, Description.ToJsonString());
        return KitDescriptionFile.Read(Config);
    }

    /// <summary>Writes the description, then the kit.</summary>
    public IReadOnlyCollection<string> Write(DateTimeOffset? now = null) => BrokerKit.Write(Describe(), Out, now ?? DateTimeOffset.UtcNow);

    public string Read(string name) => File.ReadAllText(Path.Combine(Out, name));

    /// <summary>Puts the kit beside its credentials, where the broker's account can read both: started as root, mosquitto becomes that account before it reads the key.</summary>
    public void Install()
    {
        foreach (var file in Directory.GetFiles(Out))
        {
            File.Copy(file, Path.Combine(Home, Path.GetFileName(file)));
        }

        const UnixFileMode Open = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
        foreach (var folder in (string[])[_scratch.Root, Home, Certs])
        {
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(folder, Open);
            }
        }
    }

    public void Dispose() => _scratch.Dispose();
}
