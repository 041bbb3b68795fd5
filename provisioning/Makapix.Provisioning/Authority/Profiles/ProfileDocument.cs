using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using Makapix.Provisioning.Authority.Keys;
using Makapix.Provisioning.Schemas;

namespace Makapix.Provisioning.Authority.Profiles;

/// <summary>A profile as its JSON file spells it, by <c>profile.schema.json</c>: every member there, none beside or twice, the names those of RFC 5280.</summary>
internal sealed record ProfileDocument(
    CertificateKind Kind,
    CertificateKind Issuer,
    int ValidityDays,
    IReadOnlyList<KeyKind> Keys,
    string CommonName,
    AlternativeNames SubjectAltName,
    int? PathLength,
    IReadOnlyList<string> KeyUsage,
    string? ExtendedKeyUsage,
    bool OneValidPerName)
{
    private static readonly EmbeddedSchema Schema = new("profiles/profile.schema.json");

    /// <exception cref="InvalidDataException">The document is not a profile this program can keep to.</exception>
    public static CertificateProfile Parse(Stream json) =>
        Schema.Read<ProfileDocument, CertificateProfile>(json, "certificate profile", AuthorityJson.Options, document => document.ToProfile());

    private CertificateProfile ToProfile() => new()
    {
        Kind = Kind,
        Issuer = Issuer,
        Validity = TimeSpan.FromDays(ValidityDays),
        Keys = Keys,

        // \z, not $: the latter lets a trailing line feed through.
        CommonName = new Regex($@"\A(?:{CommonName})\z", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)),
        SubjectAltName = SubjectAltName,
        PathLength = PathLength,
        KeyUsage = KeyUsage.Select(KeyUsageFlag).Aggregate(X509KeyUsageFlags.None, (all, one) => all | one),
        ExtendedKeyUsage = ExtendedKeyUsage is null ? null : ExtendedKeyUsageOid(ExtendedKeyUsage),
        OneValidPerName = OneValidPerName,
    };

    private static X509KeyUsageFlags KeyUsageFlag(string name) => name switch
    {
        "digitalSignature" => X509KeyUsageFlags.DigitalSignature,
        "keyCertSign" => X509KeyUsageFlags.KeyCertSign,
        _ => X509KeyUsageFlags.CrlSign,
    };

    private static string ExtendedKeyUsageOid(string name) => name switch
    {
        "serverAuth" => "1.3.6.1.5.5.7.3.1",
        "clientAuth" => "1.3.6.1.5.5.7.3.2",
        _ => "1.3.6.1.5.5.7.3.36", // documentSigning (RFC 9336)
    };
}
