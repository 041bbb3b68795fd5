using System;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Makapix.Provisioning.Authority.Keys;

namespace Makapix.Provisioning.Authority;

/// <summary>A broker's, operator's or service's certificate with its private key, which is zeroed by <see cref="Dispose"/>.</summary>
public sealed class TlsCredential : IDisposable
{
    private readonly byte[] _privateKey;
    private bool _disposed;

    internal TlsCredential(byte[] privateKey) => _privateKey = privateKey;

    /// <summary>What it is for.</summary>
    public required CertificateKind Kind { get; init; }

    /// <summary>The name that a peer sees: a host, <c>op_NAME</c> or <c>svc_NAME</c>.</summary>
    public required string CommonName { get; init; }

    /// <summary>Serial number, upper-case hexadecimal.</summary>
    public required string Serial { get; init; }

    /// <summary>When the certificate ends, UTC.</summary>
    public required DateTimeOffset NotAfter { get; init; }

    /// <summary>The leaf, then the services issuing CA; PEM. What a TLS peer presents.</summary>
    public required string ChainPem { get; init; }

    /// <summary>Whom this one trusts, PEM: a broker the root and both issuing CAs, since mosquitto wants them all in one file; a client the root alone.</summary>
    public required string TrustPem { get; init; }

    /// <summary>PrivateKeyInfo (RFC 5208), DER.</summary>
    /// <exception cref="ObjectDisposedException">The secret is gone.</exception>
    public ReadOnlyMemory<byte> PrivateKeyPkcs8
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _privateKey;
        }
    }

    /// <summary>The leaf with its key, for a TLS connection of this process. The caller disposes it; nothing of it touches a disk.</summary>
    public X509Certificate2 ToCertificate()
    {
        using var leaf = X509Certificate2.CreateFromPem(ChainPem);
        using var key = SigningKey.Import(leaf, empty => empty.ImportPkcs8PrivateKey(PrivateKeyPkcs8.Span, out _));
        return key.Algorithm is RSA rsa ? leaf.CopyWithPrivateKey(rsa) : leaf.CopyWithPrivateKey((ECDsa)key.Algorithm);
    }

    /// <summary>Zeroes the private key, also in the memory that was handed out.</summary>
    public void Dispose()
    {
        _disposed = true;
        CryptographicOperations.ZeroMemory(_privateKey);
    }
}
