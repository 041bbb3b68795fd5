using System.Formats.Asn1;
using System.Security.Cryptography;

namespace Makapix.Provisioning.Authority.Keys;

/// <summary>How well a key file is encrypted, as can be seen without its passphrase.</summary>
internal static class KeyFileEncryption
{
    private const int MinSalt = 8;

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
            var key = EncryptedKey.Read(AuthorityFile.ReadPem(path, FileKeyStore.PemLabel));
            return key.Rounds >= rounds && key.SaltLength >= MinSalt
                ? null
                : $"is encrypted with less than {rounds} rounds or too little salt: a guess at its passphrase is cheaper than it should be";
        }
        catch (AsnContentException)
        {
            return "is damaged";
        }
        catch (CryptographicException e)
        {
            return e.Message;
        }
    }
}
