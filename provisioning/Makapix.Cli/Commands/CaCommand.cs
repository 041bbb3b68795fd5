using System;
using System.CommandLine;
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
        Sign(context),
        Revoke(context),
        Crl(context),
        Show(context),
    };

    private static Option<string> DirOption() => PathOption("--dir", "DIR", "folder of the authority");

    private static Option<string> OutOption(string name, string what) => PathOption("--out", name, what);

    private static Option<string> PathOption(string option, string name, string what) => new(option) { Description = what, HelpName = name, Required = true };

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
            using var authority = Open(parsed.GetRequiredValue(dir), parsed.GetValue(passphraseFd), context, cancel);
            cancel.ThrowIfCancellationRequested();
            return action(parsed, authority);
        });
    }

    private static Command Handle(CommandContext context, Command command, Func<ParseResult, CancellationToken, int> action) =>
        context.Handle(command, (parsed, cancel) => Task.FromResult(action(parsed, cancel)));

    private static CertificateAuthority Open(string dir, int? passphraseFd, CommandContext context, CancellationToken cancel)
    {
        var passphrase = SecretInput.Read(passphraseFd, Passphrase, context.Error, cancel);
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
