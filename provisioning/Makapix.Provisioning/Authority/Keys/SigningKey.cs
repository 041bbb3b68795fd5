using System;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Makapix.Provisioning.Authority.Keys;

/// <summary>A private key that signs, in memory or in a token: what its kind is, and how X.509 signs with it.</summary>
internal sealed class SigningKey : IDisposable
{
    private SigningKey(AsymmetricAlgorithm algorithm, PublicKey publicKey, KeyKind kind)
    {
        Algorithm = algorithm;
        PublicKey = publicKey;
        Kind = kind;
        Generator = algorithm is RSA rsa ? X509SignatureGenerator.CreateForRSA(rsa, RSASignaturePadding.Pkcs1) : X509SignatureGenerator.CreateForECDsa((ECDsa)algorithm);
    }

    public KeyKind Kind { get; }

    public PublicKey PublicKey { get; }

    public X509SignatureGenerator Generator { get; }

    /// <summary>The same key, for what takes it as such: CMS, and exports of keys that are in memory.</summary>
    public AsymmetricAlgorithm Algorithm { get; }

    /// <summary>A new key, in memory.</summary>
    public static SigningKey Create(KeyKind kind) => Of(kind.IsRsa() ? RSA.Create(kind.ModulusBits()) : ECDsa.Create(kind.Curve()));

    /// <summary>Takes <paramref name="algorithm"/> over.</summary>
    /// <exception cref="CryptographicException">It is no kind of key that this authority uses.</exception>
    public static SigningKey Of(AsymmetricAlgorithm algorithm)
    {
        var publicKey = algorithm is RSA rsa ? new PublicKey(rsa) : new PublicKey((ECDsa)algorithm);
        if (KeyKinds.Of(publicKey) is not { } kind)
        {
            algorithm.Dispose();
            throw new CryptographicException("The key is of no kind that this authority uses.");
        }

        return new SigningKey(algorithm, publicKey, kind);
    }

    /// <summary>The key of a certificate, from where it is kept.</summary>
    /// <param name="certificate">Whose key it is: that says which algorithm.</param>
    /// <param name="import">Fills it in.</param>
    /// <exception cref="CryptographicException">There is no such key.</exception>
    public static SigningKey Import(X509Certificate2 certificate, Action<AsymmetricAlgorithm> import)
    {
        AsymmetricAlgorithm key = KeyKinds.Of(certificate.PublicKey)?.IsRsa() == true ? RSA.Create() : ECDsa.Create();
        try
        {
            import(key);
        }
        catch
        {
            key.Dispose();
            throw;
        }

        return Of(key);
    }

    /// <summary>True if it is the private half of the certificate's key.</summary>
    public bool Fits(X509Certificate2 certificate) =>
        PublicKey.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(certificate.PublicKey.ExportSubjectPublicKeyInfo());

    public void Dispose() => Algorithm.Dispose();
}
