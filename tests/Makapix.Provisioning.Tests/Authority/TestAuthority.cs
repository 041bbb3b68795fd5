using Makapix.Provisioning.Authority;
using Makapix.Provisioning.Authority.Ceremonies;
using Makapix.Provisioning.Ledger.Events;

namespace Makapix.Provisioning.Tests.Authority;

/// <summary>Authorities for tests: real in everything but the seconds that guessing their passphrase would take.</summary>
internal static class TestAuthority
{
    public const string Passphrase = "correct horse";
    public const string RootPassphrase = "another horse";

    public static AuthorityOptions Options { get; } = new() { KeyRounds = 1000 };

    public static CeremonyPlan Plan(string dir) => new(dir, dir + "-root");

    public static CertificateAuthority Init(string dir, AuthorityOptions? options = null) => Init(Plan(dir), options);

    public static CertificateAuthority Init(CeremonyPlan plan, AuthorityOptions? options = null) => CertificateAuthority.Init(plan, Passphrase, RootPassphrase, options ?? Options);

    public static CertificateAuthority Open(string dir, AuthorityOptions? options = null) => CertificateAuthority.Open(dir, Passphrase, options ?? Options);

    /// <summary>The root of the authority that <see cref="Init(string, AuthorityOptions?)"/> made in <paramref name="dir"/>.</summary>
    public static RootAtHand Root(string dir) => RootAtHand.Open(dir + "-root", RootPassphrase);

    /// <summary>Says that the clock is right, far as it is from the newest entry.</summary>
    public static void AcceptClock(CertificateAuthority authority)
    {
        using var record = authority.Ledger.Begin();
        record.Append(new ClockAccepted("a test moved it"));
        record.Commit();
    }
}
