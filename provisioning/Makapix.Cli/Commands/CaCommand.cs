using System;
using System.CommandLine;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Provisioning.Authority;

namespace Makapix.Cli.Commands;

/// <summary><c>makapix ca</c>: the internal CA.</summary>
internal static partial class CaCommand
{
    private const string Passphrase = "passphrase of the authority";

    public static Command Create(CommandContext context) => new("ca", "The internal CA: make it, issue, revoke, publish revocation lists.")
    {
        Init(context),
        IssueBroker(context),
        IssueOperator(context),
        IssueService(context),
        Revoke(context),
        Crl(context),
        Show(context),
    };

    private static Option<string> DirOption() => PathOption("--dir", "DIR", "folder of the authority");

    private static Option<string> OutOption(string name, string what) => PathOption("--out", name, what);

    private static Option<string> PathOption(string option, string name, string what)
    {
        var path = new Option<string>(option) { Description = what, HelpName = name, Required = true };
        path.Validators.Add(result =>
        {
            if (result.Tokens.Any(token => token.Value.Length == 0))
            {
                result.AddError($"{option} is empty");
            }
        });
        return path;
    }

    private static Option<int?> PassphraseOption() => SecretInput.FdOption("--passphrase-fd", $"the {Passphrase}");

    /// <summary>A command that works on an open authority.</summary>
    private static Command OnAuthority(CommandContext context, Command command, Func<ParseResult, CertificateAuthority, int> action)
    {
        var dir = DirOption();
        var passphraseFd = PassphraseOption();
        command.Options.Insert(0, dir);
        command.Options.Add(passphraseFd);
        return Handle(context, command, (parsed, cancel) =>
        {
            using var authority = Open(parsed.GetRequiredValue(dir), parsed.GetValue(passphraseFd), context);
            cancel.ThrowIfCancellationRequested();
            return action(parsed, authority);
        });
    }

    // On another thread: opening keys takes a second of hashing, and Ctrl-C should be heard meanwhile.
    private static Command Handle(CommandContext context, Command command, Func<ParseResult, CancellationToken, int> action) =>
        context.Handle(command, (parsed, cancel) => Task.Run(() => action(parsed, cancel), cancel));

    private static CertificateAuthority Open(string dir, int? passphraseFd, CommandContext context)
    {
        var passphrase = SecretInput.Read(passphraseFd, Passphrase, context.Error);
        try
        {
            return CertificateAuthority.Open(dir, passphrase);
        }
        finally
        {
            Array.Clear(passphrase);
        }
    }
}
