using System;
using System.Security.Cryptography;
using Net.Pkcs11Interop.Common;

namespace Makapix.Provisioning.Authority.Keys;

/// <summary>An ECDSA key on a token: it signs there, and verifies here.</summary>
internal sealed class TokenEcdsa : ECDsa
{
    private readonly TokenSession _token;
    private readonly ECDsa _public;

    public TokenEcdsa(TokenSession token, ECParameters publicKey)
    {
        _token = token;
        _public = Create(publicKey);
        KeySizeValue = _public.KeySize;
        LegalKeySizesValue = _public.LegalKeySizes;
    }

    public override byte[] SignHash(byte[] hash) => _token.Proven(_token.Sign(CKM.CKM_ECDSA, hash), signature => _public.VerifyHash(hash, signature));

    public override bool VerifyHash(byte[] hash, byte[] signature) => _public.VerifyHash(hash, signature);

    public override ECParameters ExportParameters(bool includePrivateParameters) =>
        includePrivateParameters ? throw new CryptographicException("The private key does not leave its token.") : _public.ExportParameters(includePrivateParameters: false);

    public override void ImportParameters(ECParameters parameters) => throw new NotSupportedException();

    public override void GenerateKey(ECCurve curve) => throw new NotSupportedException();

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
