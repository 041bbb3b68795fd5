using System;
using System.Security.Cryptography.X509Certificates;
using Makapix.Provisioning.Authority;
using Makapix.Provisioning.Authority.Keys;
using Makapix.Testing;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Net.Pkcs11Interop.Common;

namespace Makapix.Provisioning.Tests.Authority;

/// <summary>Sessions that end under a command that goes on, and PINs that cost an attempt each.</summary>
[TestClass]
public sealed class TokenSessionTests
{
    private readonly Passphrase _pin = new("correct horse");

    [TestCleanup]
    public void CleanUp() => _pin.Dispose();

    [TestMethod]
    [DataRow(CKR.CKR_PIN_LOCKED, "064")]
    [DataRow(CKR.CKR_PIN_INCORRECT, "063")]
    [DataRow(CKR.CKR_PIN_INVALID, "063")]
    [DataRow(CKR.CKR_PIN_LEN_RANGE, "063")]
    public void A_refused_PIN_costs_one_attempt_however_often_the_key_is_asked_for(CKR answer, string code)
    {
        var token = new FakeToken { ToPin = answer };
        using var key = KeyOn(token);
        for (var i = 0; i < 5; i++)
        {
            AuthorityAssert.Fails(code, () => key.Signer.ToString());
        }

        Assert.AreEqual(1, token.Logins);
        Assert.AreEqual(token.Sessions, token.Closed);
    }

    [TestMethod]
    public void A_token_that_says_it_is_locked_gets_no_PIN()
    {
        var token = new FakeToken { SaysLocked = true };
        AuthorityAssert.Fails("064", () => token.Open(_pin));
        Assert.AreEqual(0, token.Logins);
    }

    [TestMethod]
    [DataRow(CKR.CKR_SESSION_HANDLE_INVALID)]
    [DataRow(CKR.CKR_SESSION_CLOSED)]
    [DataRow(CKR.CKR_TOKEN_NOT_PRESENT)]
    [DataRow(CKR.CKR_DEVICE_REMOVED)]
    [DataRow(CKR.CKR_DEVICE_ERROR)]
    [DataRow(CKR.CKR_USER_NOT_LOGGED_IN)]
    [DataRow(CKR.CKR_KEY_HANDLE_INVALID)]
    public void A_session_that_ended_is_replaced_once(CKR answer)
    {
        var token = new FakeToken();
        using var session = token.Open(_pin);
        token.ToSign.Enqueue(answer);
        Assert.HasCount(1, session.Sign(CKM.CKM_ECDSA, [0]));
        Assert.AreEqual(2, token.Logins);

        // And one that ends again and again is no loop, and is tried again by the next signature.
        token.ToSign.Enqueue(answer);
        token.ToSign.Enqueue(answer);
        Assert.Contains($"{answer}", AuthorityAssert.Fails("067", () => session.Sign(CKM.CKM_ECDSA, [0])).Message);
        Assert.AreEqual(3, token.Logins);
        Assert.HasCount(1, session.Sign(CKM.CKM_ECDSA, [0]));
    }

    [TestMethod]
    [DataRow(CKR.CKR_FUNCTION_FAILED)]
    [DataRow(CKR.CKR_DATA_LEN_RANGE)]
    [DataRow(CKR.CKR_KEY_FUNCTION_NOT_PERMITTED)]
    public void Another_failure_is_not_tried_again(CKR answer)
    {
        var token = new FakeToken();
        using var session = token.Open(_pin);
        token.ToSign.Enqueue(answer);
        AuthorityAssert.Fails("067", () => session.Sign(CKM.CKM_ECDSA, [0]));
        Assert.AreEqual(1, token.Logins);
    }

    [TestMethod]
    public void A_token_that_was_pulled_out_is_named_until_it_is_back()
    {
        var token = new FakeToken();
        using var session = token.Open(_pin);
        token.ToSign.Enqueue(CKR.CKR_DEVICE_REMOVED);
        token.Found = () => throw new AuthorityException("062", "no token is there.", "Plug it in.");
        AuthorityAssert.Fails("062", () => session.Sign(CKM.CKM_ECDSA, [0]));
        AuthorityAssert.Fails("062", () => session.Sign(CKM.CKM_ECDSA, [0]));
        token.Found = () => { };
        Assert.HasCount(1, session.Sign(CKM.CKM_ECDSA, [0]));
    }

    [TestMethod]
    public void A_PIN_that_was_changed_meanwhile_costs_one_attempt()
    {
        var token = new FakeToken();
        using var session = token.Open(_pin);
        token.ToSign.Enqueue(CKR.CKR_DEVICE_REMOVED);
        token.ToPin = CKR.CKR_PIN_INCORRECT;
        AuthorityAssert.Fails("063", () => session.Sign(CKM.CKM_ECDSA, [0]));
        AuthorityAssert.Fails("063", () => session.Sign(CKM.CKM_ECDSA, [0]));
        Assert.AreEqual(2, token.Logins);
    }

    [TestMethod]
    public void A_passphrase_that_was_forgotten_is_not_tried_as_a_PIN()
    {
        var token = new FakeToken();
        using var session = token.Open(_pin);
        _pin.Dispose();
        token.ToSign.Enqueue(CKR.CKR_DEVICE_REMOVED);
        Assert.ThrowsExactly<ObjectDisposedException>(() => session.Sign(CKM.CKM_ECDSA, [0]));
        Assert.AreEqual(1, token.Logins);
    }

    private GenerationKey KeyOn(FakeToken token)
    {
        var certificate = X509CertificateLoader.LoadCertificate(TestPki.Shared.Root.RawData);
        return new GenerationKey(new CaGeneration(CertificateKind.DevicesIssuing, 1), certificate, () => new CertificateSigner("ca", certificate, token.Open(_pin).ToSigningKey()));
    }
}
