using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography.X509Certificates;
using Makapix.Provisioning.Authority.Keys;

namespace Makapix.Provisioning.Authority.Profiles;

/// <summary>
/// Judges a certificate by its profile after it was made and before it leaves: it reads the certificate as a stranger would, and trusts
/// nothing of how it was made. A certificate that a bug or a tampered library spoiled never gets out.
/// </summary>
internal sealed partial class ProfileLinter
{
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
        Require(_certificate.IssuerName.RawData.AsSpan().SequenceEqual(_issuer.SubjectName.RawData), "its issuer's name is not the name of its issuer");

        var signedWith = KeyKinds.Of(_issuer.PublicKey);
        Require(_certificate.SignatureAlgorithm.Value == signedWith?.SignatureOid(), "its signature's algorithm is not that of its issuer's kind of key");
        Require(signedWith is { } kind && raw.IsSignedBy(_issuer, kind), "its signature is not its issuer's");
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
        Require(KeyKinds.Of(key) is { } kind && _profile.Keys.Contains(kind), "its key is of no kind that its profile allows");
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
