using System;
using System.Security.Cryptography;

namespace Makapix.Provisioning.Authority;

/// <summary>
/// What makes one device that device. Its secrets are in memory only, pinned so that the collector leaves no copies, and are zeroed by
/// <see cref="Dispose"/>: keep it no longer than it takes to fill the identity blob.
/// </summary>
public sealed class DeviceIdentityMaterial : IDisposable
{
    private readonly byte[] _privateKey;
    private readonly byte[] _renewalKey;
    private readonly byte[] _storageKey;
    private bool _disposed;

    internal DeviceIdentityMaterial(byte[] privateKey, byte[] renewalKey, byte[] storageKey)
    {
        _privateKey = privateKey;
        _renewalKey = renewalKey;
        _storageKey = storageKey;
    }

    /// <summary>The device id; in lower-case text it is the certificate's common name.</summary>
    public required Guid DeviceId { get; init; }

    /// <summary>Serial number, upper-case hexadecimal. Journals keep it, to void the certificate of a board that was interrupted.</summary>
    public required string Serial { get; init; }

    /// <summary>When it was issued, UTC, whole seconds. The certificate's notBefore lies 5 minutes earlier.</summary>
    public required DateTimeOffset IssuedAt { get; init; }

    /// <summary>When the certificate ends, UTC.</summary>
    public required DateTimeOffset NotAfter { get; init; }

    /// <summary>The trust anchor: the root certificate, DER.</summary>
    public required ReadOnlyMemory<byte> RootDer { get; init; }

    /// <summary>The leaf, then the devices issuing CA; DER, concatenated.</summary>
    public required ReadOnlyMemory<byte> ChainDer { get; init; }

    /// <summary>
    /// ECPrivateKey (RFC 5915), DER, P-256, with its public key: mbedTLS on the device has no random source at hand to derive it with.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The secrets are gone.</exception>
    public ReadOnlyMemory<byte> PrivateKeyDer => Alive(_privateKey);

    /// <summary>32 bytes, derived from the authority secret and the device id.</summary>
    /// <exception cref="ObjectDisposedException">The secrets are gone.</exception>
    public ReadOnlyMemory<byte> RenewalKey => Alive(_renewalKey);

    /// <summary>32 bytes, derived from the authority secret and the device id.</summary>
    /// <exception cref="ObjectDisposedException">The secrets are gone.</exception>
    public ReadOnlyMemory<byte> StorageKey => Alive(_storageKey);

    /// <summary>Zeroes every secret, also in the memory that was handed out.</summary>
    public void Dispose()
    {
        _disposed = true;
        CryptographicOperations.ZeroMemory(_privateKey);
        CryptographicOperations.ZeroMemory(_renewalKey);
        CryptographicOperations.ZeroMemory(_storageKey);
    }

    private byte[] Alive(byte[] secret)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return secret;
    }
}
