using System;
using System.CommandLine;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using Makapix.Provisioning.Authority;

namespace Makapix.Cli.Commands;

/// <summary><c>makapix ca init</c>.</summary>
internal static partial class CaCommand
{
    private static Command Init(CommandContext context)
    {
        var dir = DirOption();
        var name = new Option<string>("--name") { Description = "organization, the start of every CA name", HelpName = "ORG", DefaultValueFactory = _ => "Makapix" };
        var passphraseFd = PassphraseOption();
        var command = new Command("init", "Make a new authority: a root, an issuing CA for devices and one for services.") { dir, name, passphraseFd };
        return Handle(context, command, (parsed, cancel) =>
        {
            var passphrase = NewPassphrase(parsed.GetValue(passphraseFd), context, cancel);
            try
            {
                using var authority = CertificateAuthority.Init(parsed.GetRequiredValue(dir), passphrase, parsed.GetRequiredValue(name), cancel: cancel);
                using var root = X509CertificateLoader.LoadCertificate(authority.RootDer.Span);
                context.Out.WriteLine($"{root.Subject}, until {root.NotAfter.ToUniversalTime():yyyy-MM-dd}");
                context.Out.WriteLine($"SHA-256 {root.GetCertHashString(HashAlgorithmName.SHA256)}");
                context.Error.WriteLine("Keep a copy of the folder and, apart from it, of the passphrase: without both, no device of this authority can ever be served again.");
                return ExitCode.Done;
            }
            finally
            {
                Array.Clear(passphrase);
            }
        });
    }

    // Typed twice: a slip that nobody saw would lock the authority for ever.
    private static char[] NewPassphrase(int? fd, CommandContext context, CancellationToken cancel)
    {
        var passphrase = SecretInput.Read(fd, Passphrase, context.Error, cancel);
        if (fd is null)
        {
            var again = SecretInput.Read(fd, "same passphrase again", context.Error, cancel);
            var same = passphrase.AsSpan().SequenceEqual(again);
            Array.Clear(again);
            if (!same)
            {
                Array.Clear(passphrase);
                throw new AuthorityException("041", "the two passphrases differ.", "Run the command again.");
            }
        }

        return passphrase;
    }
}
