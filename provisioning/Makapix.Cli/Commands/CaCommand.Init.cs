using System;
using System.CommandLine;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using Makapix.Cli.Reports;
using Makapix.Provisioning.Authority;
using Makapix.Provisioning.Authority.Ceremonies;
using Makapix.Provisioning.Ledger;

namespace Makapix.Cli.Commands;

/// <summary><c>makapix ca init</c>.</summary>
internal static partial class CaCommand
{
    private static Command Init(CommandContext context)
    {
        var dir = DirOption();
        var root = RootOption();
        var name = new Option<string?>("--name") { Description = "organization, the start of every CA name; without it, Makapix", HelpName = "ORG" };
        var ceremony = new Option<string?>("--ceremony") { Description = "description of the ceremony, JSON: names, witnesses, kinds and places of keys", HelpName = "FILE" };
        var ledger = new Option<string?>("--ledger") { Description = "the ledger in PostgreSQL instead of a file: a connection string without a password", HelpName = "CONNECTION" };
        var yes = new Option<bool>("--yes") { Description = "do not ask whether the plan is right" };
        var daily = new PassphraseOptions();
        var rootPassphrases = PassphraseOptions.OfRoot();
        var command = new Command("init", "Make a new authority: a root in a folder of its own, an issuing CA for devices and one for services.") { dir, root, name, ceremony, ledger, yes };
        daily.AddTo(command);
        rootPassphrases.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetResult(name) is not null && result.GetResult(ceremony) is not null)
            {
                result.AddError("give --name or --ceremony, and not both: the description has a name");
            }
        });
        return Handle(context, command, (parsed, cancel) =>
        {
            var (folder, rootFolder) = (parsed.GetRequiredValue(dir), parsed.GetRequiredValue(root));
            var plan = parsed.GetValue(ceremony) is { } file
                ? CeremonyFile.Read(file, folder, rootFolder)
                : new CeremonyPlan(folder, rootFolder) { Organization = parsed.GetValue(name) ?? "Makapix" };
            plan = parsed.GetValue(ledger) is { } connection ? plan with { Ledger = Shared(connection) } : plan;
            Confirm(plan, parsed.GetValue(yes), context, cancel);
            return Make(plan, daily, rootPassphrases, parsed, context, cancel);
        });
    }

    private static int Make(CeremonyPlan plan, PassphraseOptions daily, PassphraseOptions rootPassphrases, ParseResult parsed, CommandContext context, CancellationToken cancel)
    {
        char[] passphrase = [], rootPassphrase = [];
        try
        {
            passphrase = daily.ReadNew(parsed, context, cancel);
            rootPassphrase = rootPassphrases.ReadNew(parsed, context, cancel);
            using var authority = CertificateAuthority.Init(plan, passphrase, rootPassphrase, cancel: cancel);
            using var root = X509CertificateLoader.LoadCertificate(authority.RootDer.Span);
            context.Out.WriteLine($"{root.Subject}, until {root.NotAfter.ToUniversalTime():yyyy-MM-dd}");
            context.Out.WriteLine($"SHA-256 {root.GetCertHashString(HashAlgorithmName.SHA256)}");
            foreach (var made in authority.Ceremonies[0].Made)
            {
                context.Error.WriteLine($"{made.Subject}: serial {made.Serial}, SHA-256 {made.Sha256}");
            }

            context.Error.WriteLine($"Take {plan.RootFolder} away now, and keep two copies of it. Keep copies of {plan.Folder} and, apart from both, of the passphrases: without them, no device of this authority can ever be served again.");
            return ExitCode.Done;
        }
        finally
        {
            Array.Clear(passphrase);
            Array.Clear(rootPassphrase);
        }
    }

    private static string Shared(string connection)
    {
        _ = LedgerLocation.Postgres(connection);
        return connection;
    }

    // The plan first, then a word of agreement; whoever scripts it has read the plan before.
    private static void Confirm(CeremonyPlan plan, bool agreed, CommandContext context, CancellationToken cancel)
    {
        plan.Require();
        foreach (var line in plan.Lines())
        {
            // Who wrote the description is not who reads the plan: a name of a witness must not be a line of its own.
            context.Error.WriteLine(Word.Plain(line));
        }

        context.Error.WriteLine($"plan {plan.Hash()}");
        if (!agreed && ConsoleAnswer.Read("Type yes to make all of this: ", context.Error, cancel) != "yes")
        {
            throw new AuthorityException("074", "the plan was not agreed to, and nothing was made.", "Run the command again; --yes agrees beforehand.");
        }
    }
}
