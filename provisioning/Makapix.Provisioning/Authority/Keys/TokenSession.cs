using System;
using System.Collections.Generic;
using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Threading;
using Net.Pkcs11Interop.Common;
using Net.Pkcs11Interop.HighLevelAPI;

namespace Makapix.Provisioning.Authority.Keys;

/// <summary>
/// A session with a token, and one private key in it. A session ends when its token is pulled out, or the daemon that speaks to it is started anew: then the
/// next signature opens another one, once.
/// </summary>
internal sealed class TokenSession : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Func<ISlot> _slot;
    private readonly TokenUri _uri;
    private readonly Passphrase _pin;
    private (ISession Session, IObjectHandle Key)? _open;
    private AuthorityException? _refused;

    private TokenSession(Func<ISlot> slot, TokenUri uri, Passphrase pin)
    {
        _slot = slot;
        _uri = uri;
        _pin = pin;
    }

    /// <summary>Logs in, and finds the key.</summary>
    /// <exception cref="AuthorityException">MKX-CA-062, 068: no such token. 063, 064: its PIN. 065: no such key. 067: it failed.</exception>
    public static TokenSession Open(TokenUri uri, Passphrase pin) => Open(() => TokenModule.SlotOf(uri), uri, pin);

    /// <summary>The same for a token that is found in another way.</summary>
    /// <exception cref="AuthorityException">As above.</exception>
    public static TokenSession Open(Func<ISlot> slot, TokenUri uri, Passphrase pin)
    {
        var session = new TokenSession(slot, uri, pin);
        try
        {
            session.Connect();
            return session;
        }
        catch (Pkcs11Exception e)
        {
            throw Failed(uri, e);
        }
    }

    /// <summary>The key, as .NET takes one. Takes this session over.</summary>
    /// <exception cref="AuthorityException">MKX-CA-065, 066: there is no public half, or it is of no kind that this authority uses.</exception>
    public SigningKey ToSigningKey()
    {
        try
        {
            var handle = Only(Connect().Session, CKO.CKO_PUBLIC_KEY);
            var type = Attributes(handle, CKA.CKA_KEY_TYPE)[0].GetValueAsUlong();
            AsymmetricAlgorithm key = type == (ulong)CKK.CKK_RSA ? new TokenRsa(this, RsaOf(handle)) : new TokenEcdsa(this, EcOf(handle));
            return SigningKey.Of(key);
        }
        catch (Exception e) when (e is CryptographicException or Pkcs11Exception or AsnContentException)
        {
            Dispose();
            throw new AuthorityException("066", $"the key {_uri} is of no kind that this authority uses.", $"Make one of {KeyKinds.Names} on the token.", e);
        }
    }

    /// <summary>Signs.</summary>
    /// <exception cref="AuthorityException">MKX-CA-067: the token would not. 062 to 065: its session had ended, and another one cannot be had.</exception>
    public byte[] Sign(CKM mechanism, byte[] data) => Sign(() => TokenModule.Factories.MechanismFactory.Create(mechanism), data);

    /// <summary>Signs a SHA-256 by RSASSA-PSS, with a salt of its length.</summary>
    /// <exception cref="AuthorityException">As <see cref="Sign(CKM, byte[])"/>.</exception>
    public byte[] SignPss(byte[] hash) => Sign(
        () => TokenModule.Factories.MechanismFactory.Create(
            CKM.CKM_RSA_PKCS_PSS,
            TokenModule.Factories.MechanismParamsFactory.CreateCkRsaPkcsPssParams(ConvertUtils.UInt64FromCKM(CKM.CKM_SHA256), ConvertUtils.UInt64FromCKG(CKG.CKG_MGF1_SHA256), SHA256.HashSizeInBytes)),
        hash);

    /// <summary>A signature that was verified: whoever put another token of that name in the place of this one, or a fault, must not sign a certificate.</summary>
    /// <exception cref="AuthorityException">MKX-CA-069: it is not this key's.</exception>
    public byte[] Proven(byte[] signature, Func<byte[], bool> verifies) => verifies(signature)
        ? signature
        : throw new AuthorityException("069", $"the token '{_uri.Token}' does not sign with the key any more that {_uri} was.", "See which token is plugged in, and that nobody replaced its key; then run the command again.");

    public void Dispose() => Close();

    private byte[] Sign(Func<IMechanism> mechanism, byte[] data)
    {
        lock (_gate)
        {
            try
            {
                return SignOnce(mechanism, data);
            }
            catch (Pkcs11Exception e) when (IsLost(e.RV))
            {
                Close();
            }
            catch (Pkcs11Exception e)
            {
                throw Failed(_uri, e);
            }

            try
            {
                return SignOnce(mechanism, data);
            }
            catch (Pkcs11Exception e)
            {
                Close();
                throw Failed(_uri, e);
            }
        }
    }

    // Every answer of a token, or of the daemon before it, that says no more than: not with this session.
    private static bool IsLost(CKR answer) => answer is CKR.CKR_SESSION_HANDLE_INVALID or CKR.CKR_SESSION_CLOSED or CKR.CKR_TOKEN_NOT_PRESENT or CKR.CKR_TOKEN_NOT_RECOGNIZED
        or CKR.CKR_DEVICE_REMOVED or CKR.CKR_DEVICE_ERROR or CKR.CKR_USER_NOT_LOGGED_IN or CKR.CKR_KEY_HANDLE_INVALID or CKR.CKR_OBJECT_HANDLE_INVALID;

    private byte[] SignOnce(Func<IMechanism> mechanism, byte[] data)
    {
        var (session, key) = Connect();
        using var how = mechanism();
        return session.Sign(how, key, data);
    }

    private (ISession Session, IObjectHandle Key) Connect()
    {
        if (_refused is not null)
        {
            throw _refused;
        }

        if (_open is { } open)
        {
            return open;
        }

        ISession session;
        try
        {
            session = TokenLogin.Open(_slot(), _uri, _pin);
        }
        catch (AuthorityException e) when (TokenLogin.IsOfPin(e))
        {
            _refused = e;
            throw;
        }

        try
        {
            var connected = (session, Only(session, CKO.CKO_PRIVATE_KEY));
            _open = connected;
            return connected;
        }
        catch
        {
            TokenLogin.Close(session);
            throw;
        }
    }

    private void Close()
    {
        if (_open is { } open)
        {
            _open = null;
            TokenLogin.Close(open.Session);
        }
    }

    private static AuthorityException Failed(TokenUri uri, Pkcs11Exception inner) =>
        new("067", $"the token '{uri.Token}' failed: {inner.RV}.", "See that it is there and ready (pkcs11-tool --list-token-slots), then run the command again.", inner);

    private IObjectHandle Only(ISession session, CKO kind)
    {
        var create = TokenModule.Factories.ObjectAttributeFactory;
        List<IObjectAttribute> search = [create.Create(CKA.CKA_CLASS, kind), _uri.Id is { } id ? create.Create(CKA.CKA_ID, id) : create.Create(CKA.CKA_LABEL, _uri.Object)];
        var found = session.FindAllObjects(search);
        search.ForEach(attribute => attribute.Dispose());
        return found.Count == 1
            ? found[0]
            : throw new AuthorityException("065", $"the token has {(found.Count == 0 ? "no key" : "several keys")} {_uri}, or only half of one.", "Make the key pair (pkcs11-tool --keypairgen --label …), or name another.");
    }

    private List<IObjectAttribute> Attributes(IObjectHandle handle, params CKA[] which) => Connect().Session.GetAttributeValue(handle, [.. which]);

    private RSAParameters RsaOf(IObjectHandle handle)
    {
        var values = Attributes(handle, CKA.CKA_MODULUS, CKA.CKA_PUBLIC_EXPONENT);
        return new RSAParameters { Modulus = values[0].GetValueAsByteArray(), Exponent = values[1].GetValueAsByteArray() };
    }

    private ECParameters EcOf(IObjectHandle handle)
    {
        var values = Attributes(handle, CKA.CKA_EC_PARAMS, CKA.CKA_EC_POINT);
        var curve = AsnDecoder.ReadObjectIdentifier(values[0].GetValueAsByteArray(), AsnEncodingRules.DER, out _);
        var point = AsnDecoder.ReadOctetString(values[1].GetValueAsByteArray(), AsnEncodingRules.DER, out _);
        var size = (point.Length - 1) / 2;
        return point is [0x04, ..]
            ? new ECParameters { Curve = ECCurve.CreateFromValue(curve), Q = new ECPoint { X = point[1..(size + 1)], Y = point[(size + 1)..] } }
            : throw new CryptographicException("The point is compressed.");
    }
}
