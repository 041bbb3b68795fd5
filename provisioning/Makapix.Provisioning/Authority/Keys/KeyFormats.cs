using System;
using System.Security.Cryptography;
using Makapix.Provisioning.Secrets;

namespace Makapix.Provisioning.Authority.Keys;

/// <summary>Private keys as bytes of exactly their size, pinned, so that zeroing them leaves nothing.</summary>
internal static class KeyFormats
{
    private const int MaxBytes = 4096;

    private delegate bool Export(Span<byte> destination, out int written);

    /// <summary>ECPrivateKey (RFC 5915) with its public key.</summary>
    public static byte[] ToEcPrivateKey(SigningKey key) => Pinned(((ECDsa)key.Algorithm).TryExportECPrivateKey);

    /// <summary>PrivateKeyInfo (RFC 5208).</summary>
    public static byte[] ToPkcs8(SigningKey key) => Pinned(key.Algorithm.TryExportPkcs8PrivateKey);

    private static byte[] Pinned(Export export)
    {
        Span<byte> buffer = stackalloc byte[MaxBytes];
        try
        {
            if (!export(buffer, out var length))
            {
                throw new CryptographicException("The key is larger than any key of this authority.");
            }

            return SecretBytes.Copy(buffer[..length]);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(buffer);
        }
    }
}
