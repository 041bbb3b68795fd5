using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography.X509Certificates;

namespace Makapix.Provisioning.Authority.Keys;

/// <summary>The keys that one passphrase opens, wherever each is kept.</summary>
internal sealed class KeyRing : IDisposable
{
    private readonly Passphrase _passphrase;
    private readonly IKeyStore[] _stores;

    /// <param name="passphrase">Opens them. A copy is kept until <see cref="Dispose"/>.</param>
    /// <param name="rounds">PBKDF2 rounds of new files.</param>
    public KeyRing(ReadOnlySpan<char> passphrase, int rounds)
    {
        _passphrase = new Passphrase(passphrase);
        Files = new FileKeyStore(_passphrase, rounds);
        Tokens = new TokenKeyStore(_passphrase);
        _stores = [Tokens, Files];
    }

    public FileKeyStore Files { get; }

    public TokenKeyStore Tokens { get; }

    /// <summary>Makes a key where its plan says, or takes the one that is there.</summary>
    /// <param name="source">Where it comes from.</param>
    /// <exception cref="AuthorityException">The token does not have it.</exception>
    public NewKey Prepare(KeySource source)
    {
        if (source.Token is { } uri)
        {
            return new NewKey(Tokens.Open(uri), name => TokenKeyStore.Save(name, uri));
        }

        var key = SigningKey.Create(source.Kind);
        try
        {
            var encrypted = Files.Encrypt(key);
            return new NewKey(key, name => FileKeyStore.SaveKey(name, encrypted));
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    /// <summary>The same, noted down in the folder at once.</summary>
    /// <param name="name">Path in the authority's folder, without the extension.</param>
    /// <param name="source">Where it comes from.</param>
    /// <exception cref="AuthorityException">The token does not have it.</exception>
    public SigningKey Establish(string name, KeySource source)
    {
        var made = Prepare(source);
        try
        {
            made.Save(name);
            return made.Key;
        }
        catch
        {
            made.Dispose();
            throw;
        }
    }

    /// <summary>The signer with that certificate and the key of that name, proven to belong together.</summary>
    /// <exception cref="AuthorityException">It cannot be opened, and why. MKX-CA-007: certificate and key are no pair.</exception>
    public CertificateSigner Open(string name, X509Certificate2 certificate) =>
        new(Path.GetFileName(name), certificate, (_stores.FirstOrDefault(store => store.Holds(name)) ?? Files).Open(name, certificate));

    public void Dispose() => _passphrase.Dispose();
}
