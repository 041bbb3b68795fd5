using System;
using System.Security.Cryptography;
using System.Text;
using Makapix.Provisioning.Secrets;

namespace Makapix.Provisioning.Authority;

/// <summary>
/// The authority secret, from which each device's own keys are derived, so that nobody has to store them:
/// HKDF-SHA-256 (RFC 5869), no salt, 32 bytes out, info = label, one zero byte, device id (16 bytes, UUID big-endian).
/// </summary>
internal sealed class DeviceSecret : IDisposable
{
    public const int Length = 32;

    /// <summary>Authenticates a device that asks for a new certificate.</summary>
    public const string RenewalLabel = "makapix renewal key v1";

    /// <summary>Protects what a device keeps outside its encrypted flash.</summary>
    public const string StorageLabel = "makapix storage key v1";

    private readonly byte[] _secret;

    /// <summary>Takes <paramref name="secret"/> over, and zeroes it on Dispose.</summary>
    public DeviceSecret(byte[] secret) => _secret = secret;

    public byte[] Derive(string label, Guid deviceId)
    {
        Span<byte> info = stackalloc byte[Encoding.ASCII.GetByteCount(label) + 1 + 16];
        var length = Encoding.ASCII.GetBytes(label, info);
        info[length] = 0;
        deviceId.TryWriteBytes(info[(length + 1)..], bigEndian: true, out _);

        var key = SecretBytes.Allocate(Length);
        HKDF.DeriveKey(HashAlgorithmName.SHA256, _secret, key, salt: [], info);
        return key;
    }

    public void Dispose() => CryptographicOperations.ZeroMemory(_secret);
}
