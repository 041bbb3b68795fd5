using System;
using System.Collections.Generic;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Makapix.Provisioning.Authority.Keys;

namespace Makapix.Provisioning.Authority.Ceremonies;

/// <summary>What was done while the root's key was at hand, signed by that key: CMS (RFC 5652), PEM, with the JSON inside.</summary>
public sealed record CeremonyRecord
{
    private const string Label = "CMS";
    private const string Sha256 = "2.16.840.1.101.3.4.2.1";
    private const string Sha384 = "2.16.840.1.101.3.4.2.2";

    /// <summary><c>init</c>, <c>rotate-issuing</c>, <c>revoke-issuing</c> or <c>root-crl</c>.</summary>
    public required string Ceremony { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Which user of which machine.</summary>
    public required string By { get; init; }

    /// <summary>Who else was there, as they said.</summary>
    public IReadOnlyList<string> Witnesses { get; init; } = [];

    /// <summary>SHA-256 of the plan that was shown before; null where there was none.</summary>
    public string? PlanSha256 { get; init; }

    /// <summary>What was made.</summary>
    public IReadOnlyList<RecordedCertificate> Made { get; init; } = [];

    /// <summary>What was revoked: serial numbers.</summary>
    public IReadOnlyList<string> Revoked { get; init; } = [];

    /// <summary>Signs it.</summary>
    internal string Sign(CertificateSigner root)
    {
        var cms = new SignedCms(new ContentInfo(JsonSerializer.SerializeToUtf8Bytes(this, AuthorityJson.Options)));
        var signer = new CmsSigner(SubjectIdentifierType.SubjectKeyIdentifier, root.Certificate, root.Key.Algorithm)
        {
            DigestAlgorithm = new Oid(root.Key.Kind == KeyKind.EcP384 ? Sha384 : Sha256),
            IncludeOption = X509IncludeOption.EndCertOnly,
        };
        signer.SignedAttributes.Add(new Pkcs9SigningTime(At.UtcDateTime));
        cms.ComputeSignature(signer);
        return PemEncoding.WriteString(Label, cms.Encode()) + "\n";
    }

    /// <summary>Reads a record that <paramref name="root"/> signed; null if it is none.</summary>
    /// <param name="pem">The file's text.</param>
    /// <param name="root">The root certificate.</param>
    public static CeremonyRecord? Read(string pem, X509Certificate2 root)
    {
        try
        {
            var fields = PemEncoding.Find(pem);
            var cms = new SignedCms();
            cms.Decode(Convert.FromBase64String(pem[fields.Base64Data]));
            cms.CheckSignature([root], verifySignatureOnly: true);
            return cms.SignerInfos is [{ Certificate: { } by }] && by.RawDataMemory.Span.SequenceEqual(root.RawDataMemory.Span)
                ? JsonSerializer.Deserialize<CeremonyRecord>(cms.ContentInfo.Content, AuthorityJson.Options)
                : null;
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException or JsonException or FormatException)
        {
            return null;
        }
    }
}
