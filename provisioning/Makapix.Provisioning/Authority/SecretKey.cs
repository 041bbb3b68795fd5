using System;
using System.Security.Cryptography;
using Makapix.Provisioning.Secrets;

namespace Makapix.Provisioning.Authority;

/// <summary>Private keys as bytes of exactly their size, pinned, so that zeroing them leaves nothing.</summary>
internal static class SecretKey
{
    private const int MaxBytes = 512;

    private delegate bool Export(Span<byte> destination, out int written);

    /// <summary>ECPrivateKey (RFC 5915) with its public key.</summary>
    public static byte[] ExportEcPrivateKey(ECDsa key) => Pinned(key.TryExportECPrivateKey);

    /// <summary>PrivateKeyInfo (RFC 5208).</summary>
    public static byte[] ExportPkcs8(ECDsa key) => Pinned(key.TryExportPkcs8PrivateKey);

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
