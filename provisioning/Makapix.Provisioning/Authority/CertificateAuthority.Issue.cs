using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Makapix.Provisioning.Authority.Issuing;
using Makapix.Provisioning.Authority.Keys;

namespace Makapix.Provisioning.Authority;

/// <summary>Issuing: names in, a linted and recorded certificate out.</summary>
public sealed partial class CertificateAuthority
{
    /// <summary>Makes a device's identity: its key is born here and exists nowhere but in the result.</summary>
    /// <param name="deviceId">The device id; its lower-case text becomes the common name.</param>
    /// <param name="serial">From <see cref="DrawSerial"/>, for who writes it down first; null: one is drawn now.</param>
    /// <exception cref="AuthorityException">
    /// MKX-CA-012: an empty id. 013: the device has a valid certificate already. 014, 015: the issuing CA may not issue. 018: that serial number may not be used.
    /// </exception>
    public DeviceIdentityMaterial IssueDevice(Guid deviceId, string? serial = null)
    {
        RequireDeviceId(deviceId);
        using var key = SigningKey.Create(_profiles[CertificateKind.Device].Keys[0]);
        using var certificate = Issue(new IssueRequest(CertificateKind.Device, CertificateNames.Device(deviceId), key.PublicKey) { Serial = serial }, out var issuer, out var now);
        return new DeviceIdentityMaterial(
            KeyFormats.ToEcPrivateKey(key),
            _deviceSecret.Derive(DeviceSecret.RenewalLabel, deviceId),
            _deviceSecret.Derive(DeviceSecret.StorageLabel, deviceId))
        {
            DeviceId = deviceId,
            Serial = certificate.SerialNumber,
            IssuedAt = now,
            NotAfter = certificate.NotAfter.ToUniversalTime(),
            RootDer = RootDer,
            ChainDer = (byte[])[.. certificate.RawDataMemory.Span, .. issuer.RawDataMemory.Span],
        };
    }

    /// <summary>
    /// A serial number for a certificate that is issued later. Whoever writes it down before <see cref="IssueDevice"/> can revoke exactly
    /// that certificate after a crash, and never by mistake another one of the same device id.
    /// </summary>
    /// <returns>Upper-case hexadecimal; nothing is recorded yet.</returns>
    /// <exception cref="AuthorityException">MKX-CA-017: the random source repeats itself.</exception>
    public string DrawSerial()
    {
        using var record = Ledger.Read();
        return SerialNumber.ToText(SerialModifier.Fresh(record, _options.SerialSource));
    }

    /// <summary>Makes a broker's certificate: serverAuth only.</summary>
    /// <param name="hosts">The names clients know it by, at least one; the first, of at most 64 characters, becomes the common name.</param>
    /// <param name="addresses">Addresses it is known by, if clients need that; the devices' mbedTLS checks names alone.</param>
    /// <param name="key">What key it gets; null for the first of its profile.</param>
    /// <param name="serial">From <see cref="DrawSerial"/>, for who writes it down first; null: one is drawn now.</param>
    /// <exception cref="AuthorityException">MKX-CA-010: not a host name. 014, 015: the issuing CA may not issue.</exception>
    public TlsCredential IssueBroker(IReadOnlyList<string> hosts, IReadOnlyList<IPAddress>? addresses = null, KeyKind? key = null, string? serial = null) =>
        IssueCredential(CertificateKind.Broker, BrokerNames(hosts, addresses), key, serial);

    /// <summary>Makes an operator's certificate: common name <c>op_</c> and <paramref name="name"/>, clientAuth only.</summary>
    /// <param name="name">1 to 32 of a-z, 0-9, hyphen and underscore, without the prefix.</param>
    /// <param name="serial">From <see cref="DrawSerial"/>, for who writes it down first; null: one is drawn now.</param>
    /// <exception cref="AuthorityException">MKX-CA-011: not such a name. 014, 015: the issuing CA may not issue.</exception>
    public TlsCredential IssueOperator(string name, string? serial = null) => IssueCredential(CertificateKind.Operator, ReservedName("op_", name), null, serial);

    /// <summary>Makes a service's certificate: common name <c>svc_</c> and <paramref name="name"/>, clientAuth only.</summary>
    /// <param name="name">1 to 32 of a-z, 0-9, hyphen and underscore, without the prefix.</param>
    /// <param name="serial">From <see cref="DrawSerial"/>, for who writes it down first; null: one is drawn now.</param>
    /// <exception cref="AuthorityException">MKX-CA-011: not such a name. 014, 015: the issuing CA may not issue.</exception>
    public TlsCredential IssueService(string name, string? serial = null) => IssueCredential(CertificateKind.Service, ReservedName("svc_", name), null, serial);

    private static CertificateNames BrokerNames(IReadOnlyList<string> hosts, IReadOnlyList<IPAddress>? addresses)
    {
        var names = hosts.Select(HostName.Parse).Distinct().ToList();
        var commonName = names.FirstOrDefault() ?? throw new AuthorityException("010", "a broker certificate needs a host name.", "Give one by --host.");
        var numbers = (addresses ?? []).Distinct().ToList();
        return numbers.Any(address => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any) || address is { AddressFamily: AddressFamily.InterNetworkV6, ScopeId: not 0 })
            ? throw new AuthorityException("010", "that is not an address by which clients can know a broker.", "Give the broker's own address, without a zone.")
            : new CertificateNames(commonName) { DnsNames = names, Addresses = numbers };
    }

    private static CertificateNames ReservedName(string prefix, string name) =>
        name.StartsWith("op_", StringComparison.Ordinal) || name.StartsWith("svc_", StringComparison.Ordinal)
            ? throw new AuthorityException("011", $"'{name}' brings its own prefix.", "Give the name alone: the prefix tells operators and services apart, and is not for choosing.")
            : new CertificateNames(prefix + name);

    private static void RequireDeviceId(Guid deviceId)
    {
        if (deviceId == Guid.Empty)
        {
            throw new AuthorityException("012", "the device id is all zeros.", "Give each device an id of its own.");
        }
    }

    private TlsCredential IssueCredential(CertificateKind kind, CertificateNames names, KeyKind? keyKind, string? serial)
    {
        using var key = SigningKey.Create(keyKind ?? _profiles[kind].Keys[0]);
        using var certificate = Issue(new IssueRequest(kind, names, key.PublicKey) { Serial = serial }, out var issuer, out _);
        return new TlsCredential(KeyFormats.ToPkcs8(key))
        {
            Kind = kind,
            CommonName = names.CommonName,
            Serial = certificate.SerialNumber,
            NotAfter = certificate.NotAfter.ToUniversalTime(),
            ChainPem = ToPem(certificate) + ToPem(issuer),
            TrustPem = kind == CertificateKind.Broker ? BrokerTrustPem : RootPem,
        };
    }

    private X509Certificate2 Issue(IssueRequest request, out X509Certificate2 issuer, out DateTimeOffset now)
    {
        OpenKeys(_profiles[request.Kind].Issuer);
        using var record = Ledger.Begin();
        now = Now();
        var signer = _generations.Active(_profiles[request.Kind].Issuer, record, now).Signer;
        issuer = signer.Certificate;
        var certificate = IssuePipeline.Run(request, new IssueContext(_profiles, record, signer.Key, issuer, now, _options.SerialSource));
        record.Commit();
        return certificate;
    }
}
