using System;
using System.Security.Cryptography;
using Net.Pkcs11Interop.Common;

namespace Makapix.Provisioning.Authority.Keys;

/// <summary>An RSA key on a token: it signs there (with SHA-256, by PKCS#1 v1.5 or PSS), and verifies here.</summary>
internal sealed class TokenRsa : RSA
{
    // DigestInfo of SHA-256 up to the hash (RFC 8017, 9.2, note 1): CKM_RSA_PKCS pads, and does not hash.
    private static ReadOnlySpan<byte> Sha256Prefix => [0x30, 0x31, 0x30, 0x0D, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04, 0x20];

    private readonly TokenSession _token;
    private readonly RSA _public;

    public TokenRsa(TokenSession token, RSAParameters publicKey)
    {
        _token = token;
        _public = Create(publicKey);
        KeySizeValue = _public.KeySize;
        LegalKeySizesValue = _public.LegalKeySizes;
    }

    public override byte[] SignHash(byte[] hash, HashAlgorithmName hashAlgorithm, RSASignaturePadding padding)
    {
        if (hashAlgorithm != HashAlgorithmName.SHA256)
        {
            throw new CryptographicException("Only SHA-256 is signed.");
        }

        var made = padding == RSASignaturePadding.Pss ? _token.SignPss(hash) : _token.Sign(CKM.CKM_RSA_PKCS, [.. Sha256Prefix, .. hash]);
        return _token.Proven(made, signature => _public.VerifyHash(hash, signature, hashAlgorithm, padding));
    }

    public override bool VerifyHash(byte[] hash, byte[] signature, HashAlgorithmName hashAlgorithm, RSASignaturePadding padding) =>
        _public.VerifyHash(hash, signature, hashAlgorithm, padding);

    public override RSAParameters ExportParameters(bool includePrivateParameters) =>
        includePrivateParameters ? throw new CryptographicException("The private key does not leave its token.") : _public.ExportParameters(includePrivateParameters: false);

    public override void ImportParameters(RSAParameters parameters) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _public.Dispose();
            _token.Dispose();
        }

        base.Dispose(disposing);
    }
}
