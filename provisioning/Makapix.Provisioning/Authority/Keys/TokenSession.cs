using System;
using System.Collections.Generic;
using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Threading;
using Net.Pkcs11Interop.Common;
using Net.Pkcs11Interop.HighLevelAPI;

namespace Makapix.Provisioning.Authority.Keys;

/// <summary>An open session with a token, and one private key in it.</summary>
internal sealed class TokenSession : IDisposable
{
    private readonly Lock _gate = new();
    private readonly ISession _session;
    private readonly IObjectHandle _key;
    private readonly TokenUri _uri;

    private TokenSession(ISession session, TokenUri uri)
    {
        _session = session;
        _uri = uri;
        _key = Only(CKO.CKO_PRIVATE_KEY);
    }

    /// <summary>Logs in, and finds the key.</summary>
    /// <exception cref="AuthorityException">MKX-CA-062, 068: no such token. 063, 064: its PIN. 065: no such key. 067: it failed.</exception>
    public static TokenSession Open(TokenUri uri, Passphrase pin)
    {
        try
        {
            var slot = TokenModule.SlotOf(uri);
            if (slot.GetTokenInfo().TokenFlags.UserPinLocked)
            {
                throw Locked(uri, null);
            }

            var session = slot.OpenSession(SessionType.ReadOnly);
            try
            {
                Login(session, uri, pin);
                return new TokenSession(session, uri);
            }
            catch
            {
                session.Dispose();
                throw;
            }
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
            var handle = Only(CKO.CKO_PUBLIC_KEY);
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
    /// <exception cref="AuthorityException">MKX-CA-067: the token would not.</exception>
    public byte[] Sign(CKM mechanism, byte[] data) => Sign(TokenModule.Factories.MechanismFactory.Create(mechanism), data);

    /// <summary>Signs a SHA-256 by RSASSA-PSS, with a salt of its length.</summary>
    /// <exception cref="AuthorityException">MKX-CA-067: the token would not.</exception>
    public byte[] SignPss(byte[] hash)
    {
        var parameters = TokenModule.Factories.MechanismParamsFactory.CreateCkRsaPkcsPssParams(ConvertUtils.UInt64FromCKM(CKM.CKM_SHA256), ConvertUtils.UInt64FromCKG(CKG.CKG_MGF1_SHA256), SHA256.HashSizeInBytes);
        return Sign(TokenModule.Factories.MechanismFactory.Create(CKM.CKM_RSA_PKCS_PSS, parameters), hash);
    }

    public void Dispose() => _session.Dispose();

    /// <summary>Whether it is the token's answer to a PIN, which the same PIN must not be tried on again.</summary>
    public static bool IsOfPin(AuthorityException failure) => failure.Code is "MKX-CA-063" or "MKX-CA-064";

    private byte[] Sign(IMechanism mechanism, byte[] data)
    {
        using (mechanism)
        {
            lock (_gate)
            {
                try
                {
                    return _session.Sign(mechanism, _key, data);
                }
                catch (Pkcs11Exception e)
                {
                    throw Failed(_uri, e);
                }
            }
        }
    }

    private static void Login(ISession session, TokenUri uri, Passphrase pin)
    {
        var bytes = pin.ToUtf8();
        try
        {
            session.Login(CKU.CKU_USER, bytes);
        }
        catch (Pkcs11Exception e) when (e.RV == CKR.CKR_USER_ALREADY_LOGGED_IN)
        {
            // Another key of the same token: a login is the whole process's.
        }
        catch (Pkcs11Exception e) when (e.RV is CKR.CKR_PIN_INCORRECT or CKR.CKR_PIN_INVALID or CKR.CKR_PIN_LEN_RANGE)
        {
            throw new AuthorityException("063", $"the token '{uri.Token}' does not take that PIN.", "Check it before you try again: a token locks itself after a few wrong ones.", e);
        }
        catch (Pkcs11Exception e) when (e.RV == CKR.CKR_PIN_LOCKED)
        {
            throw Locked(uri, e);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    private static AuthorityException Locked(TokenUri uri, Exception? inner) =>
        new("064", $"the token '{uri.Token}' is locked after too many wrong PINs.", "Have its security officer set a new PIN (pkcs11-tool --init-pin), then run the command again.", inner);

    private static AuthorityException Failed(TokenUri uri, Pkcs11Exception inner) =>
        new("067", $"the token '{uri.Token}' failed: {inner.RV}.", "See that it is there and ready (pkcs11-tool --list-token-slots), then run the command again.", inner);

    private IObjectHandle Only(CKO kind)
    {
        var create = TokenModule.Factories.ObjectAttributeFactory;
        List<IObjectAttribute> search = [create.Create(CKA.CKA_CLASS, kind), _uri.Id is { } id ? create.Create(CKA.CKA_ID, id) : create.Create(CKA.CKA_LABEL, _uri.Object)];
        var found = _session.FindAllObjects(search);
        search.ForEach(attribute => attribute.Dispose());
        return found.Count == 1
            ? found[0]
            : throw new AuthorityException("065", $"the token has {(found.Count == 0 ? "no key" : "several keys")} {_uri}, or only half of one.", "Make the key pair (pkcs11-tool --keypairgen --label …), or name another.");
    }

    private List<IObjectAttribute> Attributes(IObjectHandle handle, params CKA[] which) => _session.GetAttributeValue(handle, [.. which]);

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
