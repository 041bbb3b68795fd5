using System;
using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography.X509Certificates;
using Makapix.Provisioning.Authority.Keys;

namespace Makapix.Provisioning.Authority.Profiles;

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

    /// <summary>True if the issuer's key, which is of that kind, made the signature, in the one way in which its kind signs.</summary>
    public bool IsSignedBy(X509Certificate2 issuer, KeyKind kind) => kind.Verifies(issuer, ToBeSigned.Span, Signature.Span);
}
