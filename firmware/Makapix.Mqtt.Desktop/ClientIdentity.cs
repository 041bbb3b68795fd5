using System;
using System.Formats.Asn1;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Makapix.Mqtt.Desktop;

/// <summary>
/// Who we are to the broker: a leaf certificate with its private key, and the issuing certificates that are sent along, so that the broker needs to
/// know the root only. Dispose it after the last connection that uses it.
/// </summary>
public sealed class ClientIdentity : IDisposable
{
    private ClientIdentity(X509Certificate2 leaf, X509Certificate2Collection intermediates)
    {
        Leaf = leaf;
        // Offline: an issuer is never fetched from an address that a certificate names.
        Context = SslStreamCertificateContext.Create(leaf, intermediates, offline: true);
    }

    /// <summary>The leaf certificate.</summary>
    public X509Certificate2 Leaf { get; }

    internal SslStreamCertificateContext Context { get; }

    /// <summary>Takes an identity as the station and the identity blob hold it.</summary>
    /// <param name="chain">Leaf, then its issuers, DER, one after the other; without the root.</param>
    /// <param name="privateKey">The leaf's EC private key, RFC 5915 DER. Not kept; the caller zeroes it.</param>
    /// <exception cref="CryptographicException">No certificate, no such key, or the two do not belong together.</exception>
    public static ClientIdentity FromDer(ReadOnlySpan<byte> chain, ReadOnlySpan<byte> privateKey)
    {
        using var key = ECDsa.Create();
        key.ImportECPrivateKey(privateKey, out _);
        X509Certificate2Collection certificates = SplitChain(chain);
        using X509Certificate2 leaf = certificates[0];
        certificates.RemoveAt(0);
        try
        {
            return FromCertificates(leaf.CopyWithPrivateKey(key), certificates);
        }
        catch (ArgumentException e)
        {
            throw new CryptographicException("The private key is not that of the certificate.", e);
        }
    }

    /// <summary>Takes a leaf that has its private key, and its issuers.</summary>
    /// <param name="leaf">With its private key; owned by this object from now on.</param>
    /// <param name="intermediates">The certificates between leaf and root.</param>
    public static ClientIdentity FromCertificates(X509Certificate2 leaf, X509Certificate2Collection intermediates) =>
        new(OperatingSystem.IsWindows() ? ForSChannel(leaf) : leaf, intermediates);

    /// <inheritdoc/>
    public void Dispose() => Leaf.Dispose();

    // SChannel uses keys by reference to a key container, never from memory: the way through PKCS #12 makes a temporary one, gone with Dispose.
    private static X509Certificate2 ForSChannel(X509Certificate2 leaf)
    {
        using (leaf)
        {
            byte[] pfx = leaf.Export(X509ContentType.Pkcs12);
            try
            {
                return X509CertificateLoader.LoadPkcs12(pfx, password: null, X509KeyStorageFlags.DefaultKeySet);
            }
            finally
            {
                CryptographicOperations.ZeroMemory(pfx);
            }
        }
    }

    private static X509Certificate2Collection SplitChain(ReadOnlySpan<byte> chain)
    {
        var certificates = new X509Certificate2Collection();
        try
        {
            do
            {
                AsnDecoder.ReadEncodedValue(chain, AsnEncodingRules.DER, out _, out _, out int length);
                certificates.Add(X509CertificateLoader.LoadCertificate(chain[..length]));
                chain = chain[length..];
            }
            while (!chain.IsEmpty);
        }
        catch (AsnContentException e)
        {
            throw new CryptographicException("The chain is not DER certificates one after the other.", e);
        }

        return certificates;
    }
}
