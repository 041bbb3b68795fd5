using System;
using System.CommandLine;
using System.Threading;
using Makapix.Provisioning.Authority;

namespace Makapix.Cli.Commands;

/// <summary>The ways by which a passphrase comes in: a prompt, a file descriptor, a credential of systemd. Never an argument.</summary>
internal sealed class PassphraseOptions
{
    private readonly string _what;
    private readonly Option<int?> _fd;
    private readonly Option<string?> _credential;

    /// <param name="prefix">Before the names of the options: nothing, or <c>root-</c>.</param>
    /// <param name="what">Whose passphrase it is, for the prompt.</param>
    public PassphraseOptions(string prefix = "", string what = "passphrase of the authority")
    {
        _what = what;
        _fd = SecretInput.FdOption($"--{prefix}passphrase-fd", $"the {what}");
        _credential = new($"--{prefix}passphrase-credential") { Description = $"credential of systemd that holds the {what}", HelpName = "NAME" };
    }

    /// <summary>The root's.</summary>
    public static PassphraseOptions OfRoot() => new("root-", "passphrase of the root");

    public void AddTo(Command command)
    {
        command.Options.Add(_fd);
        command.Options.Add(_credential);
        command.Validators.Add(result =>
        {
            if (result.GetResult(_fd) is not null && result.GetResult(_credential) is not null)
            {
                result.AddError($"give {_fd.Name} or {_credential.Name}, and not both");
            }
        });
    }

    /// <summary>The passphrase. The caller clears the array after use.</summary>
    /// <exception cref="CliException">It cannot be had.</exception>
    public char[] Read(ParseResult parsed, CommandContext context, CancellationToken cancel) =>
        parsed.GetValue(_credential) is { } name ? SystemdCredential.Read(name, _what) : SecretInput.Read(parsed.GetValue(_fd), _what, context.Error, cancel);

    /// <summary>Opens something with the passphrase, and forgets that again.</summary>
    /// <exception cref="CliException">It cannot be had.</exception>
    public T Open<T>(ParseResult parsed, CommandContext context, Func<char[], T> open, CancellationToken cancel)
    {
        var passphrase = Read(parsed, context, cancel);
        try
        {
            return open(passphrase);
        }
        finally
        {
            Array.Clear(passphrase);
        }
    }

    /// <summary>The passphrase, typed twice where it is typed: a slip that nobody saw would lock the authority for ever.</summary>
    /// <exception cref="CliException">It cannot be had.</exception>
    /// <exception cref="AuthorityException">MKX-CA-002: it is too short. 041: the two differ.</exception>
    public char[] ReadNew(ParseResult parsed, CommandContext context, CancellationToken cancel)
    {
        var passphrase = Read(parsed, context, cancel);
        CertificateAuthority.RequireStrength(passphrase);
        if (parsed.GetValue(_fd) is null && parsed.GetValue(_credential) is null)
        {
            var again = SecretInput.Read(null, "same passphrase again", context.Error, cancel);
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
