using System;
using System.Collections.Generic;
using System.IO;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Makapix.Provisioning.Authority.Issuing;

/// <summary>
/// A certificate signing request (PKCS#10, RFC 2986) from outside, whose signature proves that whoever made it has the private key. What it asks
/// for is held against the profile by <see cref="SigningRequestValidator"/>; nothing of it but its key is ever copied into a certificate.
/// </summary>
internal sealed record SigningRequest(X500DistinguishedName Subject, PublicKey Key, IReadOnlyList<X509Extension> Extensions, bool HasOtherAttributes)
{
    private const int MaxBytes = 64 * 1024;
    private const CertificateRequestLoadOptions Unverified = CertificateRequestLoadOptions.UnsafeLoadCertificateExtensions | CertificateRequestLoadOptions.SkipSignatureValidation;

    /// <summary>Reads one from a PEM file.</summary>
    /// <exception cref="AuthorityException">MKX-CA-050: it is none. 051: its signature is not its key's.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static SigningRequest Read(string path)
    {
        if (new FileInfo(path).Length > MaxBytes)
        {
            throw NotOne(path);
        }

        var pem = File.ReadAllText(path);
        var request = Load(pem, Unverified) ?? throw NotOne(path);
        if (Load(pem, CertificateRequestLoadOptions.UnsafeLoadCertificateExtensions) is null)
        {
            throw new AuthorityException("051", $"the signature of '{path}' is not that of its key: nothing proves that its sender has the private key.", "Have it made anew by whoever has the key.");
        }

        return new SigningRequest(request.SubjectName, request.PublicKey, [.. request.CertificateExtensions], request.OtherRequestAttributes.Count > 0);
    }

    private static CertificateRequest? Load(string pem, CertificateRequestLoadOptions options)
    {
        try
        {
            return CertificateRequest.LoadSigningRequestPem(pem, HashAlgorithmName.SHA256, options, RSASignaturePadding.Pkcs1);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    private static AuthorityException NotOne(string path) =>
        new("050", $"'{path}' is no certificate signing request.", "Give the PEM file that 'openssl req -new' writes (BEGIN CERTIFICATE REQUEST).");
}
