using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Makapix.Provisioning.Authority;

/// <summary>Issuing: names in, a linted and recorded certificate out.</summary>
public sealed partial class CertificateAuthority
{
    private const int SerialAttempts = 4;

    /// <summary>Makes a device's identity: its key is born here and exists nowhere but in the result.</summary>
    /// <param name="deviceId">The device id; its lower-case text becomes the common name.</param>
    /// <param name="serial">From <see cref="DrawSerial"/>, for who writes it down first; null: one is drawn now.</param>
    /// <exception cref="AuthorityException">
    /// MKX-CA-012: an empty id. 013: the device has a valid certificate already. 014, 015: the issuing CA may not issue. 018: that serial number may not be used.
    /// </exception>
    public DeviceIdentityMaterial IssueDevice(Guid deviceId, string? serial = null)
    {
        if (deviceId == Guid.Empty)
        {
            throw new AuthorityException("012", "the device id is all zeros.", "Give each device an id of its own.");
        }

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = Issue(CertificateKind.Device, CertificateNames.Device(deviceId), key, out var now, serial);
        return new DeviceIdentityMaterial(
            SecretKey.ExportEcPrivateKey(key),
            _deviceSecret.Derive(DeviceSecret.RenewalLabel, deviceId),
            _deviceSecret.Derive(DeviceSecret.StorageLabel, deviceId))
        {
            DeviceId = deviceId,
            Serial = certificate.SerialNumber,
            IssuedAt = now,
            NotAfter = certificate.NotAfter.ToUniversalTime(),
            RootDer = RootDer,
            ChainDer = (byte[])[.. certificate.RawDataMemory.Span, .. _certificates[CertificateKind.DevicesIssuing].RawDataMemory.Span],
        };
    }

    /// <summary>
    /// A serial number for a certificate that is issued later. Whoever writes it down before <see cref="IssueDevice"/> can revoke exactly
    /// that certificate after a crash, and never by mistake another one of the same device id.
    /// </summary>
    /// <returns>Upper-case hexadecimal; nothing is recorded yet.</returns>
    /// <exception cref="AuthorityException">MKX-CA-017: the random source repeats itself. 020, 022: the index cannot be used.</exception>
    public string DrawSerial()
    {
        using var index = _index.Begin();
        return SerialNumber.ToText(FreshSerial(index, _options.SerialSource));
    }

    /// <summary>Makes a broker's certificate: serverAuth only.</summary>
    /// <param name="hosts">The names clients know it by, at least one; the first, of at most 64 characters, becomes the common name.</param>
    /// <param name="addresses">Addresses it is known by, if clients need that; the devices' mbedTLS checks names alone.</param>
    /// <exception cref="AuthorityException">MKX-CA-010: not a host name. 014, 015: the issuing CA may not issue.</exception>
    public TlsCredential IssueBroker(IReadOnlyList<string> hosts, IReadOnlyList<IPAddress>? addresses = null)
    {
        var names = hosts.Select(HostName.Parse).Distinct().ToList();
        var commonName = names.FirstOrDefault() ?? throw new AuthorityException("010", "a broker certificate needs a host name.", "Give one by --host.");
        var numbers = (addresses ?? []).Distinct().ToList();
        if (numbers.Any(address => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any) || address is { AddressFamily: AddressFamily.InterNetworkV6, ScopeId: not 0 }))
        {
            throw new AuthorityException("010", "that is not an address by which clients can know a broker.", "Give the broker's own address, without a zone.");
        }

        return IssueCredential(CertificateKind.Broker, new CertificateNames(commonName) { DnsNames = names, Addresses = numbers });
    }

    /// <summary>Makes an operator's certificate: common name <c>op_</c> and <paramref name="name"/>, clientAuth only.</summary>
    /// <param name="name">1 to 32 of a-z, 0-9, hyphen and underscore, without the prefix.</param>
    /// <exception cref="AuthorityException">MKX-CA-011: not such a name. 014, 015: the issuing CA may not issue.</exception>
    public TlsCredential IssueOperator(string name) => IssueCredential(CertificateKind.Operator, ReservedName("op_", name));

    /// <summary>Makes a service's certificate: common name <c>svc_</c> and <paramref name="name"/>, clientAuth only.</summary>
    /// <param name="name">1 to 32 of a-z, 0-9, hyphen and underscore, without the prefix.</param>
    /// <exception cref="AuthorityException">MKX-CA-011: not such a name. 014, 015: the issuing CA may not issue.</exception>
    public TlsCredential IssueService(string name) => IssueCredential(CertificateKind.Service, ReservedName("svc_", name));

    private static CertificateNames ReservedName(string prefix, string name) =>
        name.StartsWith("op_", StringComparison.Ordinal) || name.StartsWith("svc_", StringComparison.Ordinal)
            ? throw new AuthorityException("011", $"'{name}' brings its own prefix.", "Give the name alone: the prefix tells operators and services apart, and is not for choosing.")
            : new CertificateNames(prefix + name);

    private TlsCredential IssueCredential(CertificateKind kind, CertificateNames names)
    {
        var profile = _profiles[kind];
        if (!profile.CommonName.IsMatch(names.CommonName))
        {
            throw new AuthorityException("011", $"that name cannot be the common name of a {CertificateKindNames.NameOf(kind)} certificate.", "Use a-z, 0-9, hyphen and underscore, at most 32; a broker's first host name has at most 64 characters.");
        }

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = Issue(kind, names, key, out _);
        return new TlsCredential(SecretKey.ExportPkcs8(key))
        {
            Kind = kind,
            CommonName = names.CommonName,
            Serial = certificate.SerialNumber,
            NotAfter = certificate.NotAfter.ToUniversalTime(),
            ChainPem = ToPem(certificate) + Pem(profile.Issuer),
            TrustPem = kind == CertificateKind.Broker ? BrokerTrustPem : RootPem,
        };
    }

    private X509Certificate2 Issue(CertificateKind kind, CertificateNames names, ECDsa key, out DateTimeOffset now, string? serial = null)
    {
        var profile = _profiles[kind];
        var issuer = _signers[profile.Issuer].Value;
        using var index = _index.Begin();
        now = Now();
        RequireActive(issuer.Certificate, index, now);
        if (profile.OneValidPerName)
        {
            RequireNoOther(names.CommonName, index, now);
        }

        var number = serial is null ? FreshSerial(index, _options.SerialSource) : Drawn(index, serial);
        return SignAndRecord(index, _profiles, profile, names, key, issuer, number, now);
    }

    private static X509Certificate2 SignAndRecord(
        IndexTransaction index,
        CertificateProfiles profiles,
        CertificateProfile profile,
        CertificateNames names,
        ECDsa key,
        CertificateSigner? issuer,
        byte[] serial,
        DateTimeOffset now)
    {
        var certificate = CertificateFactory.Create(profile, names, key, issuer, serial, now);
        try
        {
            var findings = ProfileLinter.Check(profiles, profile.Kind, certificate, issuer?.Certificate ?? certificate, names);
            if (findings.Count > 0)
            {
                throw new AuthorityException("016", $"the {CertificateKindNames.NameOf(profile.Kind)} certificate breaks its profile: {string.Join("; ", findings)}.", "It was not issued. Report this as a defect of makapix.");
            }

            index.Append(new IndexEvent.Issued(
                now,
                certificate.SerialNumber,
                profile.Kind,
                names.CommonName,
                profile.Issuer,
                certificate.NotBefore.ToUniversalTime(),
                certificate.NotAfter.ToUniversalTime(),
                Fingerprint(certificate)));
            return certificate;
        }
        catch
        {
            certificate.Dispose();
            throw;
        }
    }

    private static byte[] FreshSerial(IndexTransaction index, RandomNumberGenerator source)
    {
        for (var attempt = 0; attempt < SerialAttempts; attempt++)
        {
            var serial = SerialNumber.Create(source);
            if (index.Find(SerialNumber.ToText(serial)) is null)
            {
                return serial;
            }
        }

        // With 126 random bits this is no accident.
        throw new AuthorityException("017", "the random source repeats itself: every serial number it gives was issued before.", "Do not issue on this machine until its random source is mended.");
    }

    private static byte[] Drawn(IndexTransaction index, string serial) =>
        SerialNumber.TryParse(serial, out var drawn) && index.Find(serial) is null
            ? drawn
            : throw new AuthorityException("018", "that serial number was used already, or is none that this authority draws.", "Draw a new one for each certificate.");

    private static void RequireActive(X509Certificate2 issuer, IndexTransaction index, DateTimeOffset now)
    {
        if (index.Find(issuer.SerialNumber) is not { RevokedAt: null })
        {
            throw new AuthorityException("014", "the issuing CA is revoked.", "Make a new authority; nobody would accept what this one signs.");
        }

        if (now < issuer.NotBefore.ToUniversalTime() || now >= issuer.NotAfter.ToUniversalTime())
        {
            throw new AuthorityException("015", $"by this machine's clock ({now:u}) the issuing CA is not valid.", "Set the clock; if it is right, the CA has expired and a new authority is needed.");
        }
    }

    private static void RequireNoOther(string commonName, IndexTransaction index, DateTimeOffset now)
    {
        if (index.Named(commonName).FirstOrDefault(c => c.IsValid(now)) is { } other)
        {
            throw new AuthorityException("013", $"{commonName} has a valid certificate already, serial {other.Serial}.", "Use another id, or revoke that certificate first.");
        }
    }
}
