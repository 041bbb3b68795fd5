using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace Makapix.Provisioning.Authority;

/// <summary>Whom a certificate names.</summary>
/// <param name="CommonName">CN of the subject.</param>
internal sealed record CertificateNames(string CommonName)
{
    /// <summary>O of the subject; CA certificates only.</summary>
    public string? Organization { get; init; }

    public IReadOnlyList<string> DnsNames { get; init; } = [];

    public IReadOnlyList<IPAddress> Addresses { get; init; } = [];

    /// <summary>All alternative names, as <c>DNS:…</c> and <c>IP:…</c>.</summary>
    public IReadOnlyList<string> AlternativeNames => [.. DnsNames.Select(name => "DNS:" + name), .. Addresses.Select(address => "IP:" + address)];

    public static CertificateNames Device(Guid id) => new(id.ToString("D")) { DnsNames = [$"player-{id:D}"] };

    public X500DistinguishedName ToSubject()
    {
        // The builder encodes what was added last first; O comes before CN by custom.
        var builder = new X500DistinguishedNameBuilder();
        builder.AddCommonName(CommonName);
        if (Organization is not null)
        {
            builder.AddOrganizationName(Organization);
        }

        return builder.Build();
    }

    public X509Extension ToSubjectAltName()
    {
        var builder = new SubjectAlternativeNameBuilder();
        foreach (var name in DnsNames)
        {
            builder.AddDnsName(name);
        }

        foreach (var address in Addresses)
        {
            builder.AddIpAddress(address);
        }

        return builder.Build();
    }
}
