using System;
using System.Formats.Asn1;
using System.IO;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Makapix.Provisioning.Secrets;
using Makapix.Provisioning.Storage;

namespace Makapix.Provisioning.Authority.Keys;

/// <summary>
/// Secrets at rest. Every one, signing key or not, is an encrypted PKCS#8 file (RFC 5958): PBES2 with AES-256-CBC and PBKDF2-HMAC-SHA-256
/// (RFC 8018), so that openssl reads what this program wrote and one passphrase check serves all.
/// </summary>
internal sealed class FileKeyStore : IKeyStore
{
    /// <summary>OWASP's figure for PBKDF2-HMAC-SHA-256 (2023): about 0.15 s of one core for every guess.</summary>
    public const int Rounds = 600_000;

    /// <summary>What the PEM block of each says that it is.</summary>
    public const string PemLabel = "ENCRYPTED PRIVATE KEY";

    // id-alg-hkdf-with-sha256 (RFC 8619): what the secret is for, so that nothing takes it for a signing key.
    private const string HkdfSha256 = "1.2.840.113549.1.9.16.3.28";

    private readonly Passphrase _passphrase;
    private readonly PbeParameters _encryption;

    public FileKeyStore(Passphrase passphrase, int rounds)
    {
        _passphrase = passphrase;
        _encryption = new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, rounds);
    }

    public bool Holds(string name) => File.Exists(PathOf(name));

    /// <summary>The key as its file is to hold it: what takes long, and needs no file.</summary>
    public byte[] Encrypt(SigningKey key) => key.Algorithm.ExportEncryptedPkcs8PrivateKey(_passphrase.Text, _encryption);

    /// <param name="name">Path in the authority's folder, without the extension.</param>
    /// <param name="encrypted">What <see cref="Encrypt"/> made of it.</param>
    public static void SaveKey(string name, byte[] encrypted) => Save(PathOf(name), encrypted);

    /// <summary>
    /// With its SHA-256 inside: CBC lets a damaged block through, a signing key then no longer fits its certificate, but a damaged secret
    /// would go on to derive keys that no device has.
    /// </summary>
    public void SaveSecret(string name, ReadOnlySpan<byte> secret)
    {
        var content = SecretBytes.Allocate(secret.Length + SHA256.HashSizeInBytes);
        secret.CopyTo(content);
        SHA256.HashData(secret, content.AsSpan(secret.Length));
        Save(PathOf(name), new Pkcs8PrivateKeyInfo(new Oid(HkdfSha256), null, content, skipCopies: true).Encrypt(_passphrase.Text, _encryption));
        CryptographicOperations.ZeroMemory(content);
    }

    /// <exception cref="AuthorityException">MKX-CA-004, 005, 006 or 008.</exception>
    public SigningKey Open(string name, X509Certificate2 certificate) =>
        Decrypt(PathOf(name), plain => SigningKey.Import(certificate, key => key.ImportPkcs8PrivateKey(plain, out _)));

    /// <summary>The secret of that name; the caller zeroes it.</summary>
    /// <exception cref="AuthorityException">MKX-CA-004, 005, 006 or 008.</exception>
    public byte[] OpenSecret(string name) => Decrypt(PathOf(name), plain =>
    {
        var info = Pkcs8PrivateKeyInfo.Decode(plain, out _, skipCopy: true);
        if (info.AlgorithmId.Value != HkdfSha256)
        {
            throw AuthorityFile.Damaged(PathOf(name));
        }

        var content = info.PrivateKeyBytes.Span;
        var secret = content[..Math.Max(0, content.Length - SHA256.HashSizeInBytes)];
        return CryptographicOperations.FixedTimeEquals(SHA256.HashData(secret), content[secret.Length..])
            ? SecretBytes.Copy(secret)
            : throw new CryptographicException("The secret is not the one that was saved.");
    });

    private static string PathOf(string name) => name + ".key";

    private static void Save(string path, byte[] encrypted) =>
        DurableFile.Create(path, Encoding.ASCII.GetBytes(PemEncoding.WriteString(PemLabel, encrypted) + "\n"), DurableFile.Private);

    private T Decrypt<T>(string path, Func<byte[], T> decode)
    {
        var key = Read(path);
        byte[]? plain = null;
        try
        {
            plain = key.Decrypt(_passphrase.Text);
            return decode(plain);
        }
        catch (CryptographicException e)
        {
            // One sentence for every cause: CBC padding cannot tell a wrong passphrase from a flipped bit, and nothing more should be said of either.
            throw new AuthorityException("005", $"the passphrase does not open {Path.GetFileName(path)} of this authority, or that file is damaged.", "Check the passphrase; if it is right, restore the folder from its backup.", e);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    private static EncryptedKey Read(string path)
    {
        try
        {
            return EncryptedKey.Read(AuthorityFile.ReadPem(path, PemLabel));
        }
        catch (AsnContentException)
        {
            throw AuthorityFile.Damaged(path);
        }
        catch (CryptographicException e)
        {
            throw new AuthorityException("008", $"{Path.GetFileName(path)} of this authority {e.Message}: makapix did not write it.", "Restore the folder from its backup.", e);
        }
    }
}
