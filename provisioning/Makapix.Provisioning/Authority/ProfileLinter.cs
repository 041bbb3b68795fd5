using System;
using System.Collections.Generic;
using System.Security.Cryptography.X509Certificates;

namespace Makapix.Provisioning.Authority;

/// <summary>
/// Judges a certificate by its profile after it was made and before it leaves: it reads the certificate as a stranger would, and trusts
/// nothing of how it was made. A certificate that a bug or a tampered library spoiled never gets out.
/// </summary>
internal sealed partial class ProfileLinter
{
    private const string EcdsaWithSha256 = "1.2.840.10045.4.3.2";
    private const string EcPublicKey = "1.2.840.10045.2.1";
    private const int UncompressedP256 = 65;
    private static readonly byte[] NamedCurveP256 = [0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07];

    private readonly CertificateProfiles _profiles;
    private readonly CertificateProfile _profile;
    private readonly X509Certificate2 _certificate;
    private readonly X509Certificate2 _issuer;
    private readonly CertificateNames _names;
    private readonly List<string> _findings = [];

    private ProfileLinter(CertificateProfiles profiles, CertificateProfile profile, X509Certificate2 certificate, X509Certificate2 issuer, CertificateNames names)
    {
        _profiles = profiles;
        _profile = profile;
        _certificate = certificate;
        _issuer = issuer;
        _names = names;
    }

    /// <summary>What is wrong with <paramref name="certificate"/>: nothing, or one clause each.</summary>
    /// <param name="profiles">All profiles: no leaf takes another kind's name.</param>
    /// <param name="kind">What the certificate is meant to be.</param>
    /// <param name="certificate">The certificate.</param>
    /// <param name="issuer">The issuer's certificate; the same one again for a self-signed one.</param>
    /// <param name="names">Whom it is meant to name.</param>
    public static IReadOnlyList<string> Check(CertificateProfiles profiles, CertificateKind kind, X509Certificate2 certificate, X509Certificate2 issuer, CertificateNames names)
    {
        var linter = new ProfileLinter(profiles, profiles[kind], certificate, issuer, names);
        linter.CheckFields();
        linter.CheckValidity();
        linter.CheckKey();
        linter.CheckNames();
        linter.CheckExtensions();
        return linter._findings;
    }

    private void CheckFields()
    {
        var raw = RawCertificate.Parse(_certificate.RawDataMemory);
        Require(raw.Version == 2, "it is not version 3");
        Require((raw.Serial.Span[0] & 0x80) == 0 && raw.Serial.Span.IndexOfAnyExcept((byte)0) >= 0, "its serial number is not positive");
        Require(raw.Serial.Length <= SerialNumber.MaxLength, "its serial number has more than 20 octets");
        Require(_certificate.SignatureAlgorithm.Value == EcdsaWithSha256, "its signature is not ecdsa-with-SHA256");
        Require(_certificate.IssuerName.RawData.AsSpan().SequenceEqual(_issuer.SubjectName.RawData), "its issuer's name is not the name of its issuer");

        using var issuerKey = _issuer.GetECDsaPublicKey();
        Require(issuerKey is not null && raw.IsSignedBy(issuerKey), "its signature is not its issuer's");
    }

    private void CheckValidity()
    {
        Require(_certificate.NotBefore < _certificate.NotAfter, "it ends before it begins");
        Require(_certificate.NotAfter - _certificate.NotBefore <= _profile.Validity, "it lives longer than its profile allows");
        Require(_certificate.NotBefore >= _issuer.NotBefore, "it begins before its issuer");
        Require(_certificate.NotAfter <= _issuer.NotAfter, "it outlives its issuer");
    }

    private void CheckKey()
    {
        var key = _certificate.PublicKey;
        Require(key.Oid.Value == EcPublicKey && key.EncodedParameters?.RawData.AsSpan().SequenceEqual(NamedCurveP256) == true, "its key is not on the named curve P-256");
        Require(key.EncodedKeyValue.RawData is { Length: UncompressedP256 } point && point[0] == 0x04, "its public key is not an uncompressed point");
        Require(_profile.IsSelfSigned || !key.EncodedKeyValue.RawData.AsSpan().SequenceEqual(_issuer.PublicKey.EncodedKeyValue.RawData), "its key is its issuer's");
    }

    private void Require(bool holds, string finding)
    {
        if (!holds)
        {
            _findings.Add(finding);
        }
    }
}
