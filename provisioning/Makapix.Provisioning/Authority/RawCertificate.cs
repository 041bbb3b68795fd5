using System;
using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;

namespace Makapix.Provisioning.Authority;

/// <summary>The parts of a certificate that .NET's own type tidies up or does not show (RFC 5280, 4.1).</summary>
internal sealed record RawCertificate(ReadOnlyMemory<byte> ToBeSigned, ReadOnlyMemory<byte> Signature, BigInteger Version, ReadOnlyMemory<byte> Serial)
{
    /// <exception cref="AsnContentException">Not a certificate in DER.</exception>
    public static RawCertificate Parse(ReadOnlyMemory<byte> der)
    {
        var certificate = new AsnReader(der, AsnEncodingRules.DER).ReadSequence();
        var toBeSigned = certificate.PeekEncodedValue();
        var fields = certificate.ReadSequence();
        certificate.ReadSequence(); // signatureAlgorithm
        var signature = certificate.ReadBitString(out _);

        var versionTag = new Asn1Tag(TagClass.ContextSpecific, 0, isConstructed: true);
        var version = fields.PeekTag() == versionTag ? fields.ReadSequence(versionTag).ReadInteger() : BigInteger.Zero;
        var serial = fields.ReadIntegerBytes();
        return new RawCertificate(toBeSigned, signature, version, serial);
    }

    /// <summary>True if <paramref name="issuerKey"/> made the signature (ecdsa-with-SHA256).</summary>
    public bool IsSignedBy(ECDsa issuerKey) =>
        issuerKey.VerifyData(ToBeSigned.Span, Signature.Span, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
}
