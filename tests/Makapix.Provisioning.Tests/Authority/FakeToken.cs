using System;
using System.Collections.Generic;
using Makapix.Provisioning.Authority.Keys;
using Net.Pkcs11Interop.Common;
using Net.Pkcs11Interop.HighLevelAPI;

namespace Makapix.Provisioning.Tests.Authority;

/// <summary>
/// A token that counts what it is asked, and answers what SoftHSM never does: SoftHSM does not lock itself, and cannot be pulled out. Only the library's
/// interfaces are its; what is above them is the program's own.
/// </summary>
internal sealed class FakeToken
{
    private static readonly TokenUri Uri = TokenUri.Parse("pkcs11:token=fake;object=ca");

    /// <summary>What it says to a PIN.</summary>
    public CKR ToPin { get; set; } = CKR.CKR_OK;

    /// <summary>What it says to what is to be signed, one after another; nothing more: it signs.</summary>
    public Queue<CKR> ToSign { get; } = [];

    /// <summary>Whether it says of itself that it is locked.</summary>
    public bool SaysLocked { get; init; }

    /// <summary>What happens when it is looked for.</summary>
    public Action Found { get; set; } = () => { };

    public int Logins { get; private set; }

    public int Sessions { get; private set; }

    public int Closed { get; private set; }

    public TokenSession Open(Passphrase pin) => TokenSession.Open(Slot, Uri, pin);

    private ISlot Slot()
    {
        Found();
        var flags = Fake.Of<ITokenFlags>(new() { ["get_UserPinLocked"] = _ => SaysLocked });
        var info = Fake.Of<ITokenInfo>(new() { ["get_TokenFlags"] = _ => flags });
        return Fake.Of<ISlot>(new() { ["GetTokenInfo"] = _ => info, ["OpenSession"] = _ => Session() });
    }

    private ISession Session()
    {
        Sessions++;
        return Fake.Of<ISession>(new()
        {
            ["Login"] = _ =>
            {
                Logins++;
                return Answer("C_Login", ToPin);
            },
            ["FindAllObjects"] = _ => new List<IObjectHandle> { Fake.Of<IObjectHandle>([]) },
            ["Sign"] = _ => Answer("C_Sign", ToSign.TryDequeue(out var answer) ? answer : CKR.CKR_OK) ?? new byte[] { 1 },
            ["Dispose"] = _ =>
            {
                Closed++;
                return Answer("C_CloseSession", CKR.CKR_SESSION_HANDLE_INVALID);
            },
        });
    }

    private static object? Answer(string function, CKR answer) => answer == CKR.CKR_OK ? null : throw new Pkcs11Exception(function, answer);
}
