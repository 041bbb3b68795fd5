using System;
using Makapix.Cli.Reports;
using Makapix.Provisioning.Authority;

namespace Makapix.Cli;

/// <summary>The one way in which commands open an authority.</summary>
internal static class AuthorityOpening
{
    /// <summary>Opens it, and tells what a process that died had left half done: somebody has to publish a CRL, or to run a command again.</summary>
    /// <param name="context">Who is told.</param>
    /// <param name="dir">Folder of the authority.</param>
    /// <param name="passphrase">Its passphrase. The caller clears it.</param>
    /// <exception cref="AuthorityException">As <see cref="CertificateAuthority.Open"/>.</exception>
    public static CertificateAuthority Open(this CommandContext context, string dir, ReadOnlySpan<char> passphrase)
    {
        var authority = CertificateAuthority.Open(dir, passphrase);
        foreach (var recovered in authority.Recovered)
        {
            context.Error.WriteLine(Word.Plain(recovered));
        }

        return authority;
    }
}
