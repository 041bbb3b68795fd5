using System.Formats.Asn1;
using System.Security.Cryptography;

namespace Makapix.Provisioning.Authority.Keys;

/// <summary>How an encrypted PKCS#8 file is encrypted (RFC 8018, appendix A), as can be seen without its passphrase.</summary>
internal static class KeyFileEncryption
{
    private const string Pbes2 = "1.2.840.113549.1.5.13";
    private const string Pbkdf2 = "1.2.840.113549.1.5.12";
    private const string HmacSha256 = "1.2.840.113549.2.9";
    private const string Aes256Cbc = "2.16.840.1.101.3.4.1.42";
    private const int MinSalt = 8;
    private const int AesBlock = 16;

    /// <summary>What is wrong with a key file; null if nothing is.</summary>
    /// <param name="path">The file.</param>
    /// <param name="rounds">How many rounds of PBKDF2 it must have at least.</param>
    public static string? Finding(string path, int rounds)
    {
        var text = AuthorityFile.ReadText(path);
        if (!PemEncoding.TryFind(text, out var fields) || text[fields.Label] != FileKeyStore.PemLabel)
        {
            return "is not encrypted, or is damaged";
        }

        try
        {
            return Finding(AuthorityFile.ReadPem(path, FileKeyStore.PemLabel), rounds);
        }
        catch (AsnContentException)
        {
            return "is damaged";
        }
    }

    private static string? Finding(byte[] der, int rounds)
    {
        var file = new AsnReader(der, AsnEncodingRules.DER);
        var info = file.ReadSequence();
        file.ThrowIfNotEmpty();
        var scheme = Parameters(info.ReadSequence(), Pbes2);
        var encrypted = info.ReadOctetString();
        info.ThrowIfNotEmpty();
        var derivation = scheme is null ? null : Parameters(scheme.ReadSequence(), Pbkdf2);
        if (scheme is null || derivation is null)
        {
            return "is not encrypted by PBES2 with PBKDF2";
        }

        var salt = derivation.ReadOctetString();
        var enough = derivation.TryReadInt32(out var found) && found >= rounds && salt.Length >= MinSalt;
        if (derivation.HasData && derivation.PeekTag().HasSameClassAndValue(Asn1Tag.Integer))
        {
            derivation.ReadInteger();
        }

        // Without a hash function it would be SHA-1's.
        var hash = derivation.HasData ? derivation.ReadSequence().ReadObjectIdentifier() : null;
        var cipher = scheme.ReadSequence();
        if (hash != HmacSha256 || cipher.ReadObjectIdentifier() != Aes256Cbc)
        {
            return "is not encrypted by AES-256-CBC with HMAC-SHA-256";
        }

        return !enough ? $"is encrypted with less than {rounds} rounds or too little salt: a guess at its passphrase is cheaper than it should be"
            : cipher.ReadOctetString().Length != AesBlock || encrypted.Length == 0 || encrypted.Length % AesBlock != 0 ? "is damaged"
            : null;
    }

    private static AsnReader? Parameters(AsnReader algorithm, string expected) => algorithm.ReadObjectIdentifier() == expected ? algorithm.ReadSequence() : null;
}
