using System;
using System.CommandLine;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Provisioning.Authority;
using Makapix.Provisioning.Authority.Ceremonies;

namespace Makapix.Cli.Commands;

/// <summary><c>makapix ca</c>: the internal CA.</summary>
internal static partial class CaCommand
{
    public static Command Create(CommandContext context) => new("ca", "The internal CA: make it, issue, revoke, publish revocation lists.")
    {
        Init(context),
        IssueBroker(context),
        IssueOperator(context),
        IssueService(context),
        Sign(context),
        Revoke(context),
        Crl(context),
        Trust(context),
        RotateIssuing(context),
        RevokeIssuing(context),
        Show(context),
        Verify(context),
    };

    private static Option<string> DirOption() => PathOption("--dir", "DIR", "folder of the authority");

    private static Option<string> RootOption() => PathOption("--root", "ROOTDIR", "folder of the root, on a medium of its own");

    private static Option<string> OutOption(string name, string what) => PathOption("--out", name, what);

    private static Option<string> PathOption(string option, string name, string what) => new(option) { Description = what, HelpName = name, Required = true };

    /// <summary>A command that works on an open authority.</summary>
    internal static Command OnAuthority(CommandContext context, Command command, Func<ParseResult, CertificateAuthority, int> action) =>
        OnAuthority(context, command, (parsed, authority, _) => Task.FromResult(action(parsed, authority)));

    private static Command OnAuthority(CommandContext context, Command command, Func<ParseResult, CertificateAuthority, CancellationToken, Task<int>> action)
    {
        var dir = DirOption();
        var passphrases = new PassphraseOptions();
        command.Options.Insert(0, dir);
        passphrases.AddTo(command);
        return context.Handle(command, async (parsed, cancel) =>
        {
            using var authority = passphrases.Open(parsed, context, passphrase => context.Open(parsed.GetRequiredValue(dir), passphrase), cancel);
            cancel.ThrowIfCancellationRequested();
            return await action(parsed, authority, cancel);
        });
    }

    /// <summary>A command that needs the root's key besides.</summary>
    private static Command WithRoot(CommandContext context, Command command, Func<ParseResult, CertificateAuthority, RootAtHand, int> action)
    {
        var folder = RootOption();
        var passphrases = PassphraseOptions.OfRoot();
        command.Options.Insert(0, folder);
        passphrases.AddTo(command);
        return OnAuthority(context, command, (parsed, authority, cancel) =>
        {
            using var root = passphrases.Open(parsed, context, passphrase => RootAtHand.Open(parsed.GetRequiredValue(folder), passphrase), cancel);
            return Task.FromResult(action(parsed, authority, root));
        });
    }

    private static Command Handle(CommandContext context, Command command, Func<ParseResult, CancellationToken, int> action) =>
        context.Handle(command, (parsed, cancel) => Task.FromResult(action(parsed, cancel)));
}
