using System;
using System.Security.Cryptography;
using Makapix.Provisioning.Secrets;

namespace Makapix.Provisioning.Images;

/// <summary>
/// What a device knows of itself: who it is, whom it trusts, with which key, and where its broker is. The station writes it into the
/// <c>Makapix.Device.Identity</c> assembly, in flash that only this chip can decrypt.
/// </summary>
/// <remarks>
/// Instances are immutable and valid: each property refuses what the blob must not hold (066). Secrets are copied in and cleared by
/// <see cref="Dispose"/>; they are handed out as spans, so that no copy outlives it by accident.
/// </remarks>
public sealed partial class IdentityBlob : IDisposable
{
    /// <summary>Bytes of an encoded blob.</summary>
    public const int Length = 4096;

    /// <summary>Bytes of the renewal and of the storage key.</summary>
    public const int SymmetricKeyLength = 32;

    private readonly byte[] _trustAnchor = [];
    private readonly byte[] _certificateChain = [];
    private readonly byte[] _privateKey = [];
    private readonly byte[] _renewalKey = [];
    private readonly byte[] _storageKey = [];
    private readonly byte[] _wifiPassword = [];

    /// <summary>Makapix player key, and the common name of the certificate.</summary>
    public required Guid DeviceId { get; init => field = IdentityRules.DeviceId(value); }

    /// <summary>DNS name or IPv4 address of the broker, as its certificate has it.</summary>
    public required string BrokerHost { get; init => field = IdentityRules.BrokerHost(value); }

    /// <summary>TLS port of the broker.</summary>
    public required ushort BrokerPort { get; init => field = IdentityRules.BrokerPort(value); }

    /// <summary>The root certificate, DER: the one trust anchor.</summary>
    public required ReadOnlySpan<byte> TrustAnchor { get => _trustAnchor; init => _trustAnchor = IdentityRules.Der(value, IdentityField.TrustAnchor, 1); }

    /// <summary>Leaf, then issuing CA, DER, one behind the other.</summary>
    public required ReadOnlySpan<byte> CertificateChain { get => _certificateChain; init => _certificateChain = IdentityRules.Der(value, IdentityField.CertificateChain, 2); }

    /// <summary>P-256 key, DER, RFC 5915 with its public key: mbedTLS crashes on one without. Secret.</summary>
    public required ReadOnlySpan<byte> PrivateKey { get => _privateKey; init => _privateKey = IdentityRules.Der(value, IdentityField.PrivateKey, 1); }

    /// <summary>When the identity was issued, in whole seconds: the device believes no earlier time.</summary>
    public required DateTimeOffset IssueTime { get; init => field = IdentityRules.IssueTime(value); }

    /// <summary>What the device's topics begin with, without a slash at the end: <c>makapix/player/</c> and its id.</summary>
    public required string TopicPrefix { get; init => field = IdentityRules.TopicPrefix(value); }

    /// <summary>32 bytes that authorise a renewal. Secret.</summary>
    public required ReadOnlySpan<byte> RenewalKey { get => _renewalKey; init => _renewalKey = IdentityRules.SymmetricKey(value, IdentityField.RenewalKey); }

    /// <summary>32 bytes that encrypt what the device stores. Secret.</summary>
    public required ReadOnlySpan<byte> StorageKey { get => _storageKey; init => _storageKey = IdentityRules.SymmetricKey(value, IdentityField.StorageKey); }

    /// <summary>Wi-Fi network, 1…31 bytes of UTF-8; null for a device that is not on Wi-Fi.</summary>
    public string? WifiSsid { get; init => field = IdentityRules.WifiSsid(value); }

    /// <summary>Wi-Fi password, UTF-8, 8…63 bytes (IEEE 802.11 passphrase); empty for an open network. Secret.</summary>
    public ReadOnlySpan<byte> WifiPassword { get => _wifiPassword; init => _wifiPassword = SecretBytes.Copy(IdentityRules.WifiPassword(value)); }

    /// <summary>Clears the secrets.</summary>
    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_privateKey);
        CryptographicOperations.ZeroMemory(_renewalKey);
        CryptographicOperations.ZeroMemory(_storageKey);
        CryptographicOperations.ZeroMemory(_wifiPassword);
    }
}
