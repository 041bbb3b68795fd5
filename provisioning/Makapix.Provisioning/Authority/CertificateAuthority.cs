using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Makapix.Provisioning.Authority.Keys;
using Makapix.Provisioning.Authority.Profiles;
using Makapix.Provisioning.Ledger;

namespace Makapix.Provisioning.Authority;

/// <summary>
/// The internal CA: an offline root, issuing CAs for devices and for services, generation after generation. Every certificate leaves it the
/// same way: its profile says what goes in, the linter checks what came out, the ledger has it on the disk before anybody else has it.
/// The root's key is somewhere else, and none of the daily work needs it. Safe for use by several threads; several processes may open the same folder.
/// </summary>
public sealed partial class CertificateAuthority : IDisposable
{
    /// <summary>What a development authority has in its name.</summary>
    public const string DevelopmentMark = "development";

    private readonly AuthorityPaths _paths;
    private readonly AuthorityOptions _options;
    private readonly CertificateProfiles _profiles = CertificateProfiles.BuiltIn;
    private readonly KeyRing _keys;
    private readonly DeviceSecret _deviceSecret;
    private readonly X509Certificate2 _root;
    private readonly GenerationKeys _generations;

    private CertificateAuthority(AuthorityPaths paths, AuthorityOptions options, KeyRing keys, DeviceSecret deviceSecret, X509Certificate2 root, DeviceLedger ledger)
    {
        _paths = paths;
        _options = options;
        _keys = keys;
        _deviceSecret = deviceSecret;
        _root = root;
        _generations = new GenerationKeys(paths, keys, options.BeforeKey);
        Ledger = ledger;
    }

    /// <summary>What was issued and revoked, and what became of it.</summary>
    public DeviceLedger Ledger { get; }

    /// <summary>What an earlier process left undone when it died, and what was done about it now; for people. Mostly empty.</summary>
    public IReadOnlyList<string> Recovered { get; private set; } = [];

    /// <summary>The root certificate, DER: what a device trusts.</summary>
    public ReadOnlyMemory<byte> RootDer => _root.RawDataMemory;

    /// <summary>Whether it calls itself a development authority, whose devices have their keys on disks too, and which no broker in the field trusts.</summary>
    public bool IsDevelopment => _root.Subject.Contains(DevelopmentMark, StringComparison.OrdinalIgnoreCase);

    /// <summary>The root certificate, PEM.</summary>
    public string RootPem => ToPem(_root);

    /// <summary>The root and every issuing CA that counts, PEM: what a broker verifies its clients by.</summary>
    public string BrokerTrustPem
    {
        get
        {
            using var record = Ledger.Read();
            return RootPem + string.Concat(_generations.Trusted(record, Now()).Select(ca => ToPem(ca.Certificate)));
        }
    }

    internal AuthorityOptions Options => _options;

    /// <summary>
    /// Opens the authority that <see cref="Init"/> made. Only the secret for device keys is decrypted now; each CA key when it first signs. What a
    /// process that died left half done is finished, or undone.
    /// </summary>
    /// <param name="dir">Its folder.</param>
    /// <param name="passphrase">Its passphrase. A copy is kept until <see cref="Dispose"/>; the caller clears its own.</param>
    /// <param name="options">Clock and the like; the defaults fit production.</param>
    /// <exception cref="AuthorityException">MKX-CA-004: no authority there. 005: wrong passphrase. 006, 023: damaged files. 075: its init was interrupted.</exception>
    /// <exception cref="LedgerException">The ledger cannot be used.</exception>
    public static CertificateAuthority Open(string dir, ReadOnlySpan<char> passphrase, AuthorityOptions? options = null)
    {
        options ??= new AuthorityOptions();
        var paths = new AuthorityPaths(dir);
        var root = AuthorityFile.ReadCertificate(paths.RootCertificate);
        var keys = new KeyRing(passphrase, options.KeyRounds);
        CertificateAuthority authority;
        try
        {
            var secret = new DeviceSecret(keys.Files.OpenSecret(paths.DeviceSecret));
            authority = new CertificateAuthority(paths, options, keys, secret, root, AuthorityLedger.Open(dir, options));
        }
        catch
        {
            keys.Dispose();
            root.Dispose();
            throw;
        }

        try
        {
            authority.Recover();
            authority.RequireOwnRecord();
            return authority;
        }
        catch
        {
            authority.Dispose();
            throw;
        }
    }

    /// <summary>All that the authority in <paramref name="dir"/> ever issued, or what was asked for of it, oldest first. Needs no passphrase.</summary>
    /// <exception cref="LedgerException">There is no ledger there, or it cannot be used.</exception>
    public static IReadOnlyList<LedgerCertificate> List(string dir, CertificateQuery? query = null)
    {
        using var ledger = AuthorityLedger.Open(dir, new AuthorityOptions());
        using var record = ledger.Read();
        return [.. record.Certificates(query)];
    }

    /// <summary>Forgets the passphrase and every key.</summary>
    public void Dispose()
    {
        _generations.Dispose();
        _root.Dispose();
        Ledger.Dispose();
        _deviceSecret.Dispose();
        _keys.Dispose();
    }

    // A ledger that does not know the CAs themselves is another authority's, or has lost its end, and with it perhaps a revocation.
    private void RequireOwnRecord()
    {
        using var record = Ledger.Read();
        AuthorityLedger.RequireFinished(record, _paths.Folder);
        foreach (var (name, certificate) in _generations.All().Select(one => (one.Generation.Name, one.Certificate)).Prepend((AuthorityPaths.RootName, _root)))
        {
            if (record.FindCertificate(certificate.SerialNumber)?.Sha256 != Fingerprint(certificate))
            {
                throw new AuthorityException("023", $"the ledger of this authority does not know {name}.crt.", "Restore the whole folder from one backup.");
            }
        }
    }

    private DateTimeOffset Now() => WholeSeconds(_options.Clock.GetUtcNow());

    private static string ToPem(X509Certificate2 certificate) => certificate.ExportCertificatePem() + "\n";

    private static string Fingerprint(X509Certificate2 certificate) => certificate.GetCertHashString(HashAlgorithmName.SHA256);

    // X.509 has no fractions of a second (RFC 5280, 4.1.2.5).
    private static DateTimeOffset WholeSeconds(DateTimeOffset time) => DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds());
}
