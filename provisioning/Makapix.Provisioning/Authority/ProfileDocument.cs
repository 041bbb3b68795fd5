using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Makapix.Provisioning.Authority;

/// <summary>A profile as its JSON file spells it: every member there, none beside, the names those of RFC 5280.</summary>
internal sealed record ProfileDocument(
    CertificateKind Kind,
    CertificateKind Issuer,
    int ValidityDays,
    string CommonName,
    AlternativeNames SubjectAltName,
    int? PathLength,
    IReadOnlyList<string> KeyUsage,
    string? ExtendedKeyUsage,
    bool OneValidPerName)
{
    /// <exception cref="InvalidDataException">The document is not a profile this program can keep to.</exception>
    public static CertificateProfile Parse(Stream json)
    {
        try
        {
            var document = JsonSerializer.Deserialize<ProfileDocument>(json, AuthorityJson.Options) ?? throw new JsonException("null");
            return document.ToProfile();
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            throw new InvalidDataException($"Not a certificate profile: {e.Message}", e);
        }
    }

    private CertificateProfile ToProfile()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(ValidityDays);
        var isAuthority = PathLength is not null;
        if (PathLength < 0 || isAuthority != (ExtendedKeyUsage is null) || (isAuthority && SubjectAltName != AlternativeNames.None))
        {
            throw new ArgumentException("a CA has a path length and no extended key usage or alternative name; a leaf has exactly one extended key usage and no path length");
        }

        return new CertificateProfile
        {
            Kind = Kind,
            Issuer = Issuer,
            Validity = TimeSpan.FromDays(ValidityDays),
            // \z, not $: the latter lets a trailing line feed through.
            CommonName = new Regex($@"\A(?:{CommonName})\z", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)),
            SubjectAltName = SubjectAltName,
            PathLength = PathLength,
            KeyUsage = KeyUsage.Select(KeyUsageFlag).Aggregate(X509KeyUsageFlags.None, (all, one) => all | one),
            ExtendedKeyUsage = ExtendedKeyUsage is null ? null : ExtendedKeyUsageOid(ExtendedKeyUsage),
            OneValidPerName = OneValidPerName,
        };
    }

    private static X509KeyUsageFlags KeyUsageFlag(string name) => name switch
    {
        "digitalSignature" => X509KeyUsageFlags.DigitalSignature,
        "keyCertSign" => X509KeyUsageFlags.KeyCertSign,
        "cRLSign" => X509KeyUsageFlags.CrlSign,
        _ => throw new ArgumentException($"key usage '{name}' is not one that a certificate here may have"),
    };

    private static string ExtendedKeyUsageOid(string name) => name switch
    {
        "serverAuth" => "1.3.6.1.5.5.7.3.1",
        "clientAuth" => "1.3.6.1.5.5.7.3.2",
        _ => throw new ArgumentException($"extended key usage '{name}' is not one that a certificate here may have"),
    };
}
