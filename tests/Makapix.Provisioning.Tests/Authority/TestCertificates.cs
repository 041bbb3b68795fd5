using System;
using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Makapix.Provisioning.Tests.Authority;

/// <summary>Certificates that the authority would not make, and other spellings of those it made.</summary>
internal static class TestCertificates
{
    /// <summary>DER certificates, one after another, as PEM.</summary>
    public static string ToPem(ReadOnlyMemory<byte> der)
    {
        var pem = new StringBuilder();
        for (var reader = new AsnReader(der, AsnEncodingRules.DER); reader.HasData;)
        {
            pem.Append(PemEncoding.Write("CERTIFICATE", reader.ReadEncodedValue().Span)).Append('\n');
        }

        return pem.ToString();
    }

    /// <summary>A certificate that <paramref name="issuer"/> signs although it may not.</summary>
    public static X509Certificate2 SignedBy(X509Certificate2 issuer, string subject)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var issuerKey = issuer.GetECDsaPrivateKey()!;
        var request = new CertificateRequest(new X500DistinguishedName(subject), new PublicKey(key), HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.2")], critical: false));
        return request.Create(issuer.SubjectName, X509SignatureGenerator.CreateForECDsa(issuerKey), issuer.NotBefore, issuer.NotAfter, [0x41, 0x42]);
    }
}
