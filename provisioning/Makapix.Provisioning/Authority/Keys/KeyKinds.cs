using System;
using System.Linq;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Makapix.Provisioning.Authority.Keys;

/// <summary>What is to know of each <see cref="KeyKind"/>: its name, and how it is told from a public key.</summary>
public static class KeyKinds
{
    private const string EcPublicKey = "1.2.840.10045.2.1";
    private const string RsaEncryption = "1.2.840.113549.1.1.1";
    private const int PublicExponent = 65537;

    private static readonly KeyKind[] All = Enum.GetValues<KeyKind>();

    /// <summary>Every name, comma between.</summary>
    public static string Names => string.Join(", ", All.Select(NameOf));

    /// <summary>As profiles and ceremonies spell it.</summary>
    /// <param name="kind">The kind.</param>
    public static string NameOf(KeyKind kind) => kind switch
    {
        KeyKind.EcP256 => "ec-p256",
        KeyKind.EcP384 => "ec-p384",
        KeyKind.Rsa3072 => "rsa-3072",
        _ => "rsa-4096",
    };

    /// <summary>The kind of that name; false if there is none.</summary>
    public static bool TryParse(string name, out KeyKind kind)
    {
        kind = Array.Find(All, one => NameOf(one) == name);
        return NameOf(kind) == name;
    }

    /// <summary>
    /// The kind of a public key; null if it is none of them: another curve, a curve by its parameters, a compressed point, a short modulus, or
    /// an exponent that is not 65537.
    /// </summary>
    internal static KeyKind? Of(PublicKey key) => key.Oid.Value switch
    {
        EcPublicKey => OfPoint(key),
        RsaEncryption => OfModulus(key),
        _ => null,
    };

    internal static bool IsRsa(this KeyKind kind) => kind is KeyKind.Rsa3072 or KeyKind.Rsa4096;

    internal static int ModulusBits(this KeyKind kind) => kind == KeyKind.Rsa4096 ? 4096 : 3072;

    internal static ECCurve Curve(this KeyKind kind) => kind == KeyKind.EcP384 ? ECCurve.NamedCurves.nistP384 : ECCurve.NamedCurves.nistP256;

    internal static HashAlgorithmName Hash(this KeyKind kind) => kind == KeyKind.EcP384 ? HashAlgorithmName.SHA384 : HashAlgorithmName.SHA256;

    /// <summary>The algorithm of a signature by such a key (RFC 5758, 3.2; RFC 4055, 5).</summary>
    internal static string SignatureOid(this KeyKind kind) => kind switch
    {
        KeyKind.EcP256 => "1.2.840.10045.4.3.2",
        KeyKind.EcP384 => "1.2.840.10045.4.3.3",
        _ => "1.2.840.113549.1.1.11",
    };

    /// <summary>
    /// True if the certificate's key, which is of that kind, made the signature in the one way in which its kind signs. The certificate has its
    /// key at hand; to make one of a <see cref="PublicKey"/> takes longer than to verify with it.
    /// </summary>
    internal static bool Verifies(this KeyKind kind, X509Certificate2 signer, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        if (kind.IsRsa())
        {
            using var rsa = signer.GetRSAPublicKey();
            return rsa?.VerifyData(data, signature, kind.Hash(), RSASignaturePadding.Pkcs1) == true;
        }

        using var ecdsa = signer.GetECDsaPublicKey();
        return ecdsa?.VerifyData(data, signature, kind.Hash(), DSASignatureFormat.Rfc3279DerSequence) == true;
    }

    private static KeyKind? OfPoint(PublicKey key)
    {
        var point = key.EncodedKeyValue.RawData;
        return point is not [0x04, ..] ? null : (key.EncodedParameters?.RawData, point.Length) switch
        {
            ([0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07], 65) => KeyKind.EcP256,
            ([0x06, 0x05, 0x2B, 0x81, 0x04, 0x00, 0x22], 97) => KeyKind.EcP384,
            _ => null,
        };
    }

    private static KeyKind? OfModulus(PublicKey key)
    {
        try
        {
            using var rsa = key.GetRSAPublicKey();
            var exponent = rsa?.ExportParameters(includePrivateParameters: false).Exponent ?? [];
            return exponent.Length > 4 || exponent.Aggregate(0, (value, octet) => (value << 8) | octet) != PublicExponent ? null : rsa!.KeySize switch
            {
                3072 => KeyKind.Rsa3072,
                4096 => KeyKind.Rsa4096,
                _ => null,
            };
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
