using System;
using System.CommandLine;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Cli.Commands;
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

    /// <summary>
    /// Does something with an authority and with the password of a network. Both secrets are asked for before the authority is opened, which takes a while, and forgotten at
    /// the end.
    /// </summary>
    /// <param name="context">Who asks.</param>
    /// <param name="parsed">What was given.</param>
    /// <param name="dir">Folder of the authority.</param>
    /// <param name="passphrases">How its passphrase comes in.</param>
    /// <param name="wifi">How the password comes in.</param>
    /// <param name="ssid">The network; null: none, and no password.</param>
    /// <param name="action">What is done.</param>
    /// <param name="cancel">Ends the asking.</param>
    public static async Task<int> OnAuthorityAsync(
        this CommandContext context, ParseResult parsed, Option<string> dir, PassphraseOptions passphrases, WifiOptions wifi, string? ssid, Func<CertificateAuthority, byte[], Task<int>> action, CancellationToken cancel)
    {
        var passphrase = passphrases.Read(parsed, context, cancel);
        byte[] password = [];
        try
        {
            password = wifi.ReadPassword(context, parsed, ssid, cancel);
            using var authority = context.Open(parsed.GetRequiredValue(dir), passphrase);
            return await action(authority, password);
        }
        finally
        {
            Array.Clear(passphrase);
            CryptographicOperations.ZeroMemory(password);
        }
    }
}
