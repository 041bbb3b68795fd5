using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Makapix.Provisioning.Authority.Keys;
using Makapix.Provisioning.Authority.Profiles;

namespace Makapix.Provisioning.Authority;

/// <summary>
/// The internal CA: an offline root, an issuing CA for devices and one for services. Every certificate leaves it the same way: its
/// profile says what goes in, the linter checks what came out, the index has it on the disk before anybody else has it.
/// Safe for use by several threads; several processes may open the same folder.
/// </summary>
public sealed partial class CertificateAuthority : IDisposable
{
    private static readonly CertificateKind[] Authorities = [CertificateKind.Root, CertificateKind.DevicesIssuing, CertificateKind.ServicesIssuing];

    private readonly AuthorityOptions _options;
    private readonly CertificateProfiles _profiles = CertificateProfiles.Load();
    private readonly KeyStore _keys;
    private readonly DeviceSecret _deviceSecret;
    private readonly CertificateIndex _index;
    private readonly Dictionary<CertificateKind, X509Certificate2> _certificates;
    private readonly Dictionary<CertificateKind, Lazy<CertificateSigner>> _signers;

    private CertificateAuthority(AuthorityPaths paths, AuthorityOptions options, KeyStore keys, DeviceSecret deviceSecret, Dictionary<CertificateKind, X509Certificate2> certificates)
    {
        _options = options;
        _keys = keys;
        _deviceSecret = deviceSecret;
        _index = new CertificateIndex(paths.Index, options);
        _certificates = certificates;
        _signers = Authorities.ToDictionary(kind => kind, kind => new Lazy<CertificateSigner>(() => new CertificateSigner(certificates[kind], keys.OpenKey(paths.Key(kind), certificates[kind]))));
    }

    /// <summary>The root certificate, DER: what a device trusts.</summary>
    public ReadOnlyMemory<byte> RootDer => _certificates[CertificateKind.Root].RawDataMemory;

    /// <summary>The root certificate, PEM.</summary>
    public string RootPem => Pem(CertificateKind.Root);

    /// <summary>The root and both issuing CAs, PEM: what a broker verifies its clients by.</summary>
    public string BrokerTrustPem => Pem(Authorities);

    internal AuthorityOptions Options => _options;

    /// <summary>Opens the authority that <see cref="Init"/> made. Only the secret for device keys is decrypted now; each CA key when it first signs.</summary>
    /// <param name="dir">Its folder.</param>
    /// <param name="passphrase">Its passphrase. A copy is kept until <see cref="Dispose"/>; the caller clears its own.</param>
    /// <param name="options">Clock and the like; the defaults fit production.</param>
    /// <exception cref="AuthorityException">
    /// MKX-CA-004: no authority there. 005: wrong passphrase. 006, 020, 023: damaged files. 022: locked for too long.
    /// </exception>
    public static CertificateAuthority Open(string dir, ReadOnlySpan<char> passphrase, AuthorityOptions? options = null)
    {
        options ??= new AuthorityOptions();
        var paths = new AuthorityPaths(dir);
        var certificates = Authorities.ToDictionary(kind => kind, kind => AuthorityFile.ReadCertificate(paths.Certificate(kind)));
        var keys = new KeyStore(passphrase, options.KeyRounds);
        CertificateAuthority authority;
        try
        {
            authority = new CertificateAuthority(paths, options, keys, new DeviceSecret(keys.OpenSecret(paths.DeviceSecret)), certificates);
        }
        catch
        {
            keys.Dispose();
            throw;
        }

        try
        {
            authority.RequireOwnRecord();
            return authority;
        }
        catch
        {
            authority.Dispose();
            throw;
        }
    }

    /// <summary>All that the authority in <paramref name="dir"/> ever issued, oldest first. Needs no passphrase.</summary>
    /// <exception cref="AuthorityException">MKX-CA-004: no authority there. 020: damaged. 022: locked for too long.</exception>
    public static IReadOnlyList<IssuedCertificate> List(string dir, AuthorityOptions? options = null)
    {
        using var index = new CertificateIndex(new AuthorityPaths(dir).Index, options ?? new AuthorityOptions()).Begin();
        return [.. index.Certificates.OrderBy(c => c.IssuedAt)];
    }

    /// <summary>Forgets the passphrase and every key.</summary>
    public void Dispose()
    {
        foreach (var signer in _signers.Values.Where(signer => signer.IsValueCreated))
        {
            signer.Value.Dispose();
        }

        foreach (var certificate in _certificates.Values)
        {
            certificate.Dispose();
        }

        _deviceSecret.Dispose();
        _keys.Dispose();
    }

    // An index that does not know the CAs themselves is another authority's, or has lost its beginning, and with it perhaps a revocation.
    private void RequireOwnRecord()
    {
        using var index = _index.Begin();
        foreach (var certificate in _certificates.Values)
        {
            if (index.Find(certificate.SerialNumber)?.Sha256 != Fingerprint(certificate))
            {
                throw new AuthorityException("023", "the index of this authority does not know its CA certificates.", "Restore the whole folder from one backup.");
            }
        }
    }

    private DateTimeOffset Now() => WholeSeconds(_options.Clock.GetUtcNow());

    private string Pem(params CertificateKind[] kinds) => string.Concat(kinds.Select(kind => ToPem(_certificates[kind])));

    private static string ToPem(X509Certificate2 certificate) => certificate.ExportCertificatePem() + "\n";

    private static string Fingerprint(X509Certificate2 certificate) => certificate.GetCertHashString(HashAlgorithmName.SHA256);

    // X.509 has no fractions of a second (RFC 5280, 4.1.2.5).
    private static DateTimeOffset WholeSeconds(DateTimeOffset time) => DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds());
}
