using System;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Makapix.Provisioning.Authority.Profiles;

namespace Makapix.Benchmarks;

/// <summary>What .NET gives for a leaf, and nothing around it.</summary>
internal sealed class LeafPrimitives : IDisposable
{
    private const int ToBeSignedLength = 480;

    private readonly ECDsa _ca = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X500DistinguishedName _issuer = new("CN=Bench CA");
    private readonly X509SignatureGenerator _generator;

    public LeafPrimitives() => _generator = X509SignatureGenerator.CreateForECDsa(_ca);

    /// <summary>A P-256 key, a signature over as many bytes as a leaf has, and its verification: cryptography alone.</summary>
    public void Sign()
    {
        Span<byte> toBeSigned = stackalloc byte[ToBeSignedLength];
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        key.ExportParameters(includePrivateParameters: false).Q.X!.CopyTo(toBeSigned);
        Verify(toBeSigned, _ca.SignData(toBeSigned, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
    }

    /// <summary>The same with a certificate, by <see cref="CertificateRequest"/>: bare, and looked at no further than to verify its signature.</summary>
    public void Certify()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(_issuer, new PublicKey(key), HashAlgorithmName.SHA256);
        var now = DateTimeOffset.UtcNow;
        using var certificate = request.Create(_issuer, _generator, now, now.AddDays(1), [0x41]);
        var raw = RawCertificate.Parse(certificate.RawDataMemory);
        Verify(raw.ToBeSigned.Span, raw.Signature.Span);
    }

    public void Dispose() => _ca.Dispose();

    private void Verify(ReadOnlySpan<byte> toBeSigned, ReadOnlySpan<byte> signature)
    {
        if (!_ca.VerifyData(toBeSigned, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence))
        {
            throw new BenchmarkException("a signature that was just made does not verify.");
        }
    }
}
