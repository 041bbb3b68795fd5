using System;
using System.IO;
using System.Security.Cryptography;
using System.Text;
using Makapix.Provisioning.Authority;
using Makapix.Provisioning.Authority.Keys;

namespace Makapix.Provisioning.Images.Signing;

/// <summary>The key that signs firmware, RSA-3072, from an encrypted file or on a token. It stays in this process, or on the token: no tool is handed it.</summary>
public sealed class FirmwareKey : IDisposable
{
    private const string TokenScheme = "pkcs11:";
    private const string PemLabel = "ENCRYPTED PRIVATE KEY";
    private const int MaxFile = 64 * 1024;

    private readonly SigningKey _key;
    private readonly Passphrase _secret;

    private FirmwareKey(SigningKey key, Passphrase secret)
    {
        _key = key;
        _secret = secret;
    }

    /// <summary>The public half, PEM.</summary>
    public string PublicPem => Rsa.ExportSubjectPublicKeyInfoPem() + "\n";

    private RSA Rsa => (RSA)_key.Algorithm;

    /// <summary>Opens it.</summary>
    /// <param name="name">A file of encrypted PKCS#8, PEM; or the key's URI on a token, <c>pkcs11:…</c>.</param>
    /// <param name="passphrase">The file's passphrase, or the token's PIN; the caller clears it.</param>
    /// <exception cref="ImageException">120: the file holds no encrypted private key. 121: it does not open. 122: the key is not RSA-3072.</exception>
    /// <exception cref="AuthorityException">060…068: the token, its PIN, or the key on it.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static FirmwareKey Open(string name, ReadOnlySpan<char> passphrase)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);

        // Kept as long as the key: a token that was pulled out and put back wants its PIN again.
        var secret = new Passphrase(passphrase);
        try
        {
            var key = name.StartsWith(TokenScheme, StringComparison.Ordinal) ? TokenSession.Open(TokenUri.Parse(name), secret).ToSigningKey() : InFile(name, secret.Text);
            if (key.Kind == KeyKind.Rsa3072)
            {
                return new FirmwareKey(key, secret);
            }

            key.Dispose();
            throw new ImageException("122", $"the key is {KeyKinds.NameOf(key.Kind)}, and secure boot checks {KeyKinds.NameOf(KeyKind.Rsa3072)} alone.", "Make one: openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:3072 -aes256 -out FILE.");
        }
        catch
        {
            secret.Dispose();
            throw;
        }
    }

    /// <summary>Signs by RSASSA-PSS with SHA-256, MGF1 and a salt of 32 bytes; highest byte first.</summary>
    /// <param name="data">What is signed.</param>
    public byte[] Sign(ReadOnlySpan<byte> data) => Rsa.SignHash(SHA256.HashData(data), HashAlgorithmName.SHA256, RSASignaturePadding.Pss);

    /// <summary>Forgets it, or ends the session with its token.</summary>
    public void Dispose()
    {
        _key.Dispose();
        _secret.Dispose();
    }

    private static SigningKey InFile(string path, ReadOnlySpan<char> passphrase)
    {
        // A key that lies open is refused, not taken: whoever signs with it once leaves it lying there.
        var bytes = BoundedFile.Read(path, MaxFile) ?? [];
        var text = Encoding.UTF8.GetString(bytes);
        if (!PemEncoding.TryFind(text, out var pem) || !text.AsSpan()[pem.Label].SequenceEqual(PemLabel))
        {
            CryptographicOperations.ZeroMemory(bytes);
            throw new ImageException("120", $"'{path}' holds no encrypted private key.", "Encrypt it (openssl pkcs8 -topk8 -v2 aes256 -in OLD -out NEW), destroy the old file, and name the new one.");
        }

        var rsa = RSA.Create();
        try
        {
            rsa.ImportEncryptedPkcs8PrivateKey(passphrase, Convert.FromBase64String(text[pem.Base64Data]), out _);
            return SigningKey.Of(rsa);
        }
        catch (CryptographicException e)
        {
            // One sentence for every cause, as everywhere: padding cannot tell a wrong passphrase from a damaged file.
            rsa.Dispose();
            throw new ImageException("121", "the passphrase does not open the signing key, or it is damaged, or no RSA key of 3072 bits.", "Check the passphrase; if it is right, restore the key from its backup.", e);
        }
    }
}
