using System;
using System.Linq;
using System.Security.Cryptography.X509Certificates;

namespace Makapix.Provisioning.Authority.Profiles;

/// <summary>
/// The extensions (RFC 5280, 4.2): exactly those of the profile. Critical are basicConstraints and keyUsage alone: mbedTLS on the device
/// refuses a chain with a critical extension it does not know, name constraints among them.
/// </summary>
internal sealed partial class ProfileLinter
{
    private void CheckExtensions()
    {
        var oids = _certificate.Extensions.Select(e => e.Oid?.Value ?? "").ToList();
        Require(oids.Distinct().Count() == oids.Count, "it has an extension twice");

        var left = _certificate.Extensions.ToList();
        Take<X509BasicConstraintsExtension>("basicConstraints", CheckBasicConstraints);
        Take<X509KeyUsageExtension>("keyUsage", CheckKeyUsage);
        Take<X509SubjectKeyIdentifierExtension>("a subject key identifier", CheckSubjectKeyId);
        Take<X509AuthorityKeyIdentifierExtension>("an authority key identifier", CheckAuthorityKeyId);
        if (_profile.ExtendedKeyUsage is not null)
        {
            Take<X509EnhancedKeyUsageExtension>("an extended key usage", CheckExtendedKeyUsage);
        }

        if (_profile.SubjectAltName != AlternativeNames.None)
        {
            Take<X509SubjectAlternativeNameExtension>("a subject alternative name", CheckSubjectAltName);
        }

        Require(left.Count == 0, "it has an extension that its profile does not have");

        void Take<T>(string what, Action<T> check)
            where T : X509Extension
        {
            if (left.OfType<T>().FirstOrDefault() is { } extension)
            {
                left.RemoveAll(e => e is T);
                check(extension);
            }
            else
            {
                Require(false, $"it lacks {what}");
            }
        }
    }

    private void CheckBasicConstraints(X509BasicConstraintsExtension extension)
    {
        Require(extension.Critical, "its basicConstraints is not critical");
        Require(extension.CertificateAuthority == _profile.IsAuthority, _profile.IsAuthority ? "it is not a CA" : "it is a CA");
        Require(
            extension.HasPathLengthConstraint == _profile.IsAuthority && extension.PathLengthConstraint == (_profile.PathLength ?? 0),
            "its path length is not its profile's");
    }

    private void CheckKeyUsage(X509KeyUsageExtension extension)
    {
        Require(extension.Critical, "its keyUsage is not critical");
        Require(extension.KeyUsages == _profile.KeyUsage, "its keyUsage is not its profile's");
    }

    private void CheckExtendedKeyUsage(X509EnhancedKeyUsageExtension extension)
    {
        Require(!extension.Critical, "its extended key usage is critical");
        Require(extension.EnhancedKeyUsages.Count == 1 && extension.EnhancedKeyUsages[0].Value == _profile.ExtendedKeyUsage, "its extended key usage is not its profile's");
    }

    private void CheckSubjectKeyId(X509SubjectKeyIdentifierExtension extension)
    {
        var expected = new X509SubjectKeyIdentifierExtension(_certificate.PublicKey, X509SubjectKeyIdentifierHashAlgorithm.ShortSha256, critical: false);
        Require(!extension.Critical, "its subject key identifier is critical");
        Require(extension.SubjectKeyIdentifierBytes.Span.SequenceEqual(expected.SubjectKeyIdentifierBytes.Span), "its subject key identifier is not its key's (RFC 7093, method 1)");
    }

    private void CheckAuthorityKeyId(X509AuthorityKeyIdentifierExtension extension)
    {
        var issuer = _issuer.Extensions.OfType<X509SubjectKeyIdentifierExtension>().FirstOrDefault();
        Require(!extension.Critical, "its authority key identifier is critical");
        Require(
            issuer is not null && extension.KeyIdentifier is { } id && id.Span.SequenceEqual(issuer.SubjectKeyIdentifierBytes.Span) && extension.SerialNumber is null,
            "its authority key identifier is not its issuer's key's");
    }
}
