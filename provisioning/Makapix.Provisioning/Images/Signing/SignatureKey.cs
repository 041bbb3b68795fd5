using System;
using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;

namespace Makapix.Provisioning.Images.Signing;

/// <summary>
/// The public key in a signature block, as the chip's RSA unit takes it, lowest byte first: modulus, exponent, and two numbers that follow from the
/// modulus, which the ROM does not compute for itself.
/// </summary>
internal readonly ref struct SignatureKey
{
    private const int ModulusLength = 384;
    private const int FactorAt = ModulusLength + sizeof(uint);
    private const uint PublicExponent = 65537;

    private readonly ReadOnlySpan<byte> _key;

    /// <param name="key">The 776 bytes whose digest is burned.</param>
    public SignatureKey(ReadOnlySpan<byte> key) => _key = key;

    /// <summary>Whether it is a whole RSA-3072 key, and the numbers beside it are those of Montgomery's multiplication with that modulus: with others the chip refuses every signature.</summary>
    public bool IsUsable
    {
        get
        {
            var modulus = new BigInteger(_key[..ModulusLength], isUnsigned: true);
            var word = BinaryPrimitives.ReadUInt32LittleEndian(_key);
            return (_key[ModulusLength - 1] & 0x80) != 0
                && !modulus.IsEven
                && BinaryPrimitives.ReadUInt32LittleEndian(_key[ModulusLength..]) == PublicExponent
                && new BigInteger(_key.Slice(FactorAt, ModulusLength), isUnsigned: true) == BigInteger.ModPow(2, 2 * 8 * ModulusLength, modulus)
                && unchecked(word * BinaryPrimitives.ReadUInt32LittleEndian(_key[(FactorAt + ModulusLength)..])) == uint.MaxValue;
        }
    }

    /// <summary>Whether its private half signed that SHA-256: RSASSA-PSS with SHA-256, MGF1 and a salt of 32 bytes.</summary>
    /// <param name="hash">The SHA-256.</param>
    /// <param name="signature">Highest byte first.</param>
    public bool Verifies(ReadOnlySpan<byte> hash, ReadOnlySpan<byte> signature)
    {
        try
        {
            using var rsa = RSA.Create(new RSAParameters { Modulus = Reversed(_key[..ModulusLength]), Exponent = [0x01, 0x00, 0x01] });
            return rsa.VerifyHash(hash, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pss);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    /// <summary>The same bytes from the last to the first.</summary>
    public static byte[] Reversed(ReadOnlySpan<byte> bytes)
    {
        var reversed = bytes.ToArray();
        Array.Reverse(reversed);
        return reversed;
    }
}
