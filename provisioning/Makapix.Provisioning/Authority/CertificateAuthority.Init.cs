using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using Makapix.Provisioning.Authority.Issuing;
using Makapix.Provisioning.Authority.Keys;
using Makapix.Provisioning.Authority.Profiles;
using Makapix.Provisioning.Secrets;
using Makapix.Provisioning.Storage;

namespace Makapix.Provisioning.Authority;

/// <summary>The beginning of an authority.</summary>
public sealed partial class CertificateAuthority
{
    private const int MaxOrganization = 40;

    /// <summary>
    /// Makes a new authority: root, both issuing CAs, the secret for device keys. All of it is built in a folder beside <paramref name="dir"/>
    /// that takes its name at the very end, so there is a whole authority or none.
    /// </summary>
    /// <param name="dir">Its folder: missing, or empty.</param>
    /// <param name="passphrase">Encrypts every secret in it; at least 8 characters. The caller clears it.</param>
    /// <param name="organization">O of the CA names, and the start of their CN; at most 40 printable characters.</param>
    /// <param name="options">Clock and the like; the defaults fit production.</param>
    /// <param name="cancel">Gives up, and leaves nothing behind.</param>
    /// <exception cref="AuthorityException">MKX-CA-001: the folder holds something. 002: passphrase too short. 003: not a name.</exception>
    /// <exception cref="IOException">The disk would not have it; nothing is left behind.</exception>
    public static CertificateAuthority Init(string dir, ReadOnlySpan<char> passphrase, string organization = "Makapix", AuthorityOptions? options = null, CancellationToken cancel = default)
    {
        options ??= new AuthorityOptions();
        KeyStore.RequireStrength(passphrase);
        RequireOrganization(organization);
        var target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(dir));
        RequireEmpty(target);

        var parent = Path.GetDirectoryName(target) ?? throw NotEmpty(target);
        Directory.CreateDirectory(parent);
        var building = Path.Combine(parent, $".{Path.GetFileName(target)}.{RandomNumberGenerator.GetHexString(8, lowercase: true)}.new");
        DurableFile.CreatePrivateFolder(building);
        try
        {
            using (var keys = new KeyStore(passphrase, options.KeyRounds))
            {
                Build(new AuthorityPaths(building), keys, organization, options, cancel);
            }

            cancel.ThrowIfCancellationRequested();
            options.BeforeWrite?.Invoke("rename");
            if (Directory.Exists(target))
            {
                Directory.Delete(target);
            }

            Directory.Move(building, target);
        }
        catch
        {
            Directory.Delete(building, recursive: true);
            throw;
        }

        DurableFile.FlushFolder(parent);
        return Open(target, passphrase, options);
    }

    private static void Build(AuthorityPaths paths, KeyStore keys, string organization, AuthorityOptions options, CancellationToken cancel)
    {
        var profiles = CertificateProfiles.Load();
        var now = WholeSeconds(options.Clock.GetUtcNow());
        DurableFile.Create(paths.Index, [], DurableFile.Private);
        using var index = new CertificateIndex(paths.Index, options).Begin();
        using var root = Establish(CertificateKind.Root, null);
        using var devices = Establish(CertificateKind.DevicesIssuing, root);
        using var services = Establish(CertificateKind.ServicesIssuing, root);

        var secret = SecretBytes.Allocate(DeviceSecret.Length);
        RandomNumberGenerator.Fill(secret);
        options.BeforeWrite?.Invoke("device-secret");
        keys.SaveSecret(paths.DeviceSecret, secret);
        CryptographicOperations.ZeroMemory(secret);

        CertificateSigner Establish(CertificateKind kind, CertificateSigner? issuer)
        {
            cancel.ThrowIfCancellationRequested();

            // The generation in the name: two CAs of one name and different keys confuse whoever looks up issuers and CRLs by name.
            var names = new CertificateNames($"{organization} {Title(kind)} G1") { Organization = organization };
            var key = SigningKey.Create(profiles[kind].Keys[0]);
            var certificate = IssuePipeline.Run(new IssueRequest(kind, names, key.PublicKey), new IssueContext(profiles, index, issuer?.Key ?? key, issuer?.Certificate, now, options.SerialSource));
            options.BeforeWrite?.Invoke(CertificateKindNames.NameOf(kind));
            keys.SaveKey(paths.Key(kind), key);
            DurableFile.Create(paths.Certificate(kind), Encoding.ASCII.GetBytes(ToPem(certificate)), DurableFile.Public);
            return new CertificateSigner(certificate, key);
        }
    }

    private static string Title(CertificateKind kind) => kind switch
    {
        CertificateKind.Root => "Root CA",
        CertificateKind.DevicesIssuing => "Devices CA",
        _ => "Services CA",
    };

    private static void RequireOrganization(string organization)
    {
        if (organization.Length is 0 or > MaxOrganization || organization.Trim().Length != organization.Length || !CertificateProfiles.Load()[CertificateKind.Root].CommonName.IsMatch(organization))
        {
            throw new AuthorityException("003", "that organization name cannot stand in a certificate.", $"Give 1 to {MaxOrganization} printable characters.");
        }
    }

    private static void RequireEmpty(string target)
    {
        if (File.Exists(target) || (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any()))
        {
            throw NotEmpty(target);
        }
    }

    private static AuthorityException NotEmpty(string target) =>
        new("001", $"'{target}' is not an empty folder.", "Name a new folder; an authority never overwrites anything.");
}
