using System;
using System.Formats.Asn1;
using System.Security.Cryptography;
using Makapix.Provisioning.Secrets;

namespace Makapix.Provisioning.Authority.Keys;

/// <summary>
/// An encrypted PKCS#8 file taken apart (RFC 5958, section 3): PBES2 with PBKDF2-HMAC-SHA-256 and AES-256-CBC (RFC 8018, appendix A), the one
/// form that <see cref="FileKeyStore"/> writes. It is decrypted by the platform's one-shot PBKDF2, which takes half the time of the platform's
/// own reader for PKCS#8; a line that opens its authority for each command feels that.
/// </summary>
internal sealed class EncryptedKey
{
    private const string Pbes2 = "1.2.840.113549.1.5.13";
    private const string Pbkdf2 = "1.2.840.113549.1.5.12";
    private const string HmacSha256 = "1.2.840.113549.2.9";
    private const string Aes256Cbc = "2.16.840.1.101.3.4.1.42";
    private const int AesBlock = 16;
    private const int AesKey = 32;

    // Ten times what is written. A forged file could ask for hours of every command.
    private const int MaxRounds = FileKeyStore.Rounds * 10;

    private readonly byte[] _vector;
    private readonly byte[] _content;
    private readonly byte[] _salt;

    private EncryptedKey(int rounds, byte[] salt, byte[] vector, byte[] content)
    {
        Rounds = rounds;
        _salt = salt;
        _vector = vector;
        _content = content;
    }

    /// <summary>Rounds of PBKDF2 for each guess.</summary>
    public int Rounds { get; }

    /// <summary>Bytes of salt.</summary>
    public int SaltLength => _salt.Length;

    /// <exception cref="AsnContentException">It is not what RFC 5958 and RFC 8018 describe.</exception>
    /// <exception cref="CryptographicException">It is encrypted in another way; the text says how it is not.</exception>
    public static EncryptedKey Read(byte[] der)
    {
        var file = new AsnReader(der, AsnEncodingRules.DER);
        var info = file.ReadSequence();
        file.ThrowIfNotEmpty();
        var scheme = Parameters(info.ReadSequence(), Pbes2);
        var content = info.ReadOctetString();
        info.ThrowIfNotEmpty();
        var derivation = scheme is null ? null : Parameters(scheme.ReadSequence(), Pbkdf2);
        if (scheme is null || derivation is null)
        {
            throw new CryptographicException("is not encrypted by PBES2 with PBKDF2");
        }

        var (salt, rounds, hash) = ReadDerivation(derivation);
        var cipher = scheme.ReadSequence();
        scheme.ThrowIfNotEmpty();
        if (hash != HmacSha256 || cipher.ReadObjectIdentifier() != Aes256Cbc)
        {
            throw new CryptographicException("is not encrypted by AES-256-CBC with HMAC-SHA-256");
        }

        var vector = cipher.ReadOctetString();
        cipher.ThrowIfNotEmpty();
        Require(vector.Length == AesBlock && content.Length > 0 && content.Length % AesBlock == 0);
        return new EncryptedKey(rounds, salt, vector, content);
    }

    /// <summary>The PKCS#8 structure inside; the caller zeroes it.</summary>
    /// <exception cref="CryptographicException">The passphrase does not open it, or it is damaged.</exception>
    public byte[] Decrypt(ReadOnlySpan<char> passphrase)
    {
        Span<byte> key = stackalloc byte[AesKey];
        Span<byte> plain = SecretBytes.Allocate(_content.Length);
        try
        {
            Rfc2898DeriveBytes.Pbkdf2(passphrase, _salt, key, Rounds, HashAlgorithmName.SHA256);
            using var aes = Aes.Create();
            aes.SetKey(key);
            return SecretBytes.Copy(plain[..aes.DecryptCbc(_content, _vector, plain)]);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    private static (byte[] Salt, int Rounds, string? Hash) ReadDerivation(AsnReader derivation)
    {
        var salt = derivation.ReadOctetString();
        Require(derivation.TryReadInt32(out var rounds) && rounds is >= 1 and <= MaxRounds);
        if (derivation.HasData && derivation.PeekTag().HasSameClassAndValue(Asn1Tag.Integer))
        {
            Require(derivation.TryReadInt32(out var length) && length == AesKey);
        }

        // Without a hash function it would be SHA-1's.
        if (!derivation.HasData)
        {
            return (salt, rounds, null);
        }

        var function = derivation.ReadSequence();
        derivation.ThrowIfNotEmpty();
        var hash = function.ReadObjectIdentifier();
        function.ReadNull();
        function.ThrowIfNotEmpty();
        return (salt, rounds, hash);
    }

    private static AsnReader? Parameters(AsnReader algorithm, string expected)
    {
        if (algorithm.ReadObjectIdentifier() != expected)
        {
            return null;
        }

        var parameters = algorithm.ReadSequence();
        algorithm.ThrowIfNotEmpty();
        return parameters;
    }

    private static void Require(bool holds)
    {
        if (!holds)
        {
            throw new AsnContentException();
        }
    }
}
