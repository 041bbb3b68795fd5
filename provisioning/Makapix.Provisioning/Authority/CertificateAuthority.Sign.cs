using System;
using System.Collections.Generic;
using System.IO;
using Makapix.Provisioning.Authority.Issuing;

namespace Makapix.Provisioning.Authority;

/// <summary>Signing requests whose key was born elsewhere.</summary>
public sealed partial class CertificateAuthority
{
    /// <summary>Signs a request for a device.</summary>
    /// <param name="requestPath">The request, PEM.</param>
    /// <param name="deviceId">Who the certificate names.</param>
    /// <param name="serial">From <see cref="DrawSerial"/>, for who writes it down first; null: one is drawn now.</param>
    /// <exception cref="AuthorityException">MKX-CA-019, 050 to 053: the request. Else as <see cref="IssueDevice"/>.</exception>
    /// <exception cref="IOException">The request cannot be read.</exception>
    public SignedCertificate SignDevice(string requestPath, Guid deviceId, string? serial = null)
    {
        RequireDeviceId(deviceId);
        return Sign(CertificateKind.Device, CertificateNames.Device(deviceId), requestPath, serial);
    }

    /// <summary>Signs a request for a broker.</summary>
    /// <param name="requestPath">The request, PEM.</param>
    /// <param name="hosts">Who the certificate names.</param>
    /// <param name="serial">From <see cref="DrawSerial"/>, for who writes it down first; null: one is drawn now.</param>
    /// <exception cref="AuthorityException">MKX-CA-019, 050 to 053: the request. Else as <see cref="IssueBroker"/>.</exception>
    /// <exception cref="IOException">The request cannot be read.</exception>
    public SignedCertificate SignBroker(string requestPath, IReadOnlyList<string> hosts, string? serial = null) => Sign(CertificateKind.Broker, BrokerNames(hosts, null), requestPath, serial);

    /// <summary>Signs a request for an operator.</summary>
    /// <param name="requestPath">The request, PEM.</param>
    /// <param name="name">Who the certificate names, without the prefix.</param>
    /// <param name="serial">From <see cref="DrawSerial"/>, for who writes it down first; null: one is drawn now.</param>
    /// <exception cref="AuthorityException">MKX-CA-019, 050 to 053: the request. Else as <see cref="IssueOperator"/>.</exception>
    /// <exception cref="IOException">The request cannot be read.</exception>
    public SignedCertificate SignOperator(string requestPath, string name, string? serial = null) => Sign(CertificateKind.Operator, ReservedName("op_", name), requestPath, serial);

    /// <summary>Signs a request for a service.</summary>
    /// <param name="requestPath">The request, PEM.</param>
    /// <param name="name">Who the certificate names, without the prefix.</param>
    /// <param name="serial">From <see cref="DrawSerial"/>, for who writes it down first; null: one is drawn now.</param>
    /// <exception cref="AuthorityException">MKX-CA-019, 050 to 053: the request. Else as <see cref="IssueService"/>.</exception>
    /// <exception cref="IOException">The request cannot be read.</exception>
    public SignedCertificate SignService(string requestPath, string name, string? serial = null) => Sign(CertificateKind.Service, ReservedName("svc_", name), requestPath, serial);

    private SignedCertificate Sign(CertificateKind kind, CertificateNames names, string requestPath, string? serial)
    {
        var own = SigningRequest.Read(requestPath);
        using var certificate = Issue(new IssueRequest(kind, names, own.Key) { SubjectsOwn = own, Serial = serial }, out var issuer, out _);
        return new SignedCertificate(kind, names.CommonName, certificate.SerialNumber, certificate.NotAfter.ToUniversalTime(), ToPem(certificate) + ToPem(issuer));
    }
}
