using System;
using System.Security.Cryptography;
using Net.Pkcs11Interop.Common;
using Net.Pkcs11Interop.HighLevelAPI;

namespace Makapix.Provisioning.Authority.Keys;

/// <summary>Opens a session with a token: one PIN, tried once, since a token locks itself after a few wrong ones.</summary>
internal static class TokenLogin
{
    /// <summary>A session that is logged in.</summary>
    /// <exception cref="AuthorityException">MKX-CA-063, 064: the PIN.</exception>
    /// <exception cref="Pkcs11Exception">The token failed.</exception>
    public static ISession Open(ISlot slot, TokenUri uri, Passphrase pin)
    {
        if (slot.GetTokenInfo().TokenFlags.UserPinLocked)
        {
            throw Locked(uri, null);
        }

        var session = slot.OpenSession(SessionType.ReadOnly);
        try
        {
            Login(session, uri, pin);
            return session;
        }
        catch
        {
            Close(session);
            throw;
        }
    }

    /// <summary>Ends a session, also one that its token does not know any more.</summary>
    public static void Close(ISession session)
    {
        try
        {
            session.Dispose();
        }
        catch (Pkcs11Exception)
        {
            // It ended with its token.
        }
    }

    /// <summary>Whether it is the token's answer to a PIN, which the same PIN must not be tried on again.</summary>
    public static bool IsOfPin(AuthorityException failure) => failure.Code is "MKX-CA-063" or "MKX-CA-064";

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
}
