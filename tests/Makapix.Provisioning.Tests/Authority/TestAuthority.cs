using Makapix.Provisioning.Authority;

namespace Makapix.Provisioning.Tests.Authority;

/// <summary>Authorities for tests: real in everything but the seconds that guessing their passphrase would take.</summary>
internal static class TestAuthority
{
    public const string Passphrase = "correct horse";

    public static AuthorityOptions Options { get; } = new() { KeyRounds = 1000 };

    public static CertificateAuthority Init(string dir, AuthorityOptions? options = null) => CertificateAuthority.Init(dir, Passphrase, options: options ?? Options);

    public static CertificateAuthority Open(string dir, AuthorityOptions? options = null) => CertificateAuthority.Open(dir, Passphrase, options ?? Options);
}
