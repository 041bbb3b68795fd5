using System;
using System.CommandLine;
using Makapix.Cli.Reports;
using Makapix.Provisioning.Authority;
using Makapix.Provisioning.Ledger;

namespace Makapix.Cli.Commands;

/// <summary><c>makapix ca show</c> and <c>makapix ca verify</c>.</summary>
internal static partial class CaCommand
{
    private static Command Show(CommandContext context)
    {
        var dir = DirOption();
        var kind = Word.Option<CertificateKind>("--kind", "only those of that kind");
        var state = Word.Option<CertificateState>("--state", "only those in that state");
        var expiring = DeviceListCommand.DaysOption("only those that are valid, and end within so many days");
        var json = new Option<bool>("--json") { Description = "print one JSON array" };
        return Handle(context, new Command("show", "List what the authority issued. Needs no passphrase.") { dir, kind, state, expiring, json }, (parsed, _) =>
        {
            var now = DateTimeOffset.UtcNow;
            var certificates = CertificateAuthority.List(parsed.GetRequiredValue(dir), new CertificateQuery(now)
            {
                Kind = parsed.GetValue(kind),
                State = parsed.GetValue(state),
                ExpiringWithin = parsed.GetValue(expiring) is { } days ? TimeSpan.FromDays(days) : null,
            });
            if (parsed.GetValue(json))
            {
                context.Out.WriteLine(LedgerJson.Write(certificates));
                return ExitCode.Done;
            }

            foreach (var one in certificates)
            {
                context.Out.WriteLine(Word.Plain($"{one.Serial} {CertificateKindNames.NameOf(one.Kind),-16} {one.NotAfter:yyyy-MM-dd} {State(one, now),-8} {one.CommonName}"));
            }

            return ExitCode.Done;
        });
    }

    private static Command Verify(CommandContext context)
    {
        var dir = new Argument<string>("DIR") { Description = "folder of the authority" };
        return Handle(context, new Command("verify", "Look whether the authority's folder is whole, and its parts belong together. Needs no passphrase.") { dir }, (parsed, _) =>
        {
            var findings = AuthorityInspection.Run(parsed.GetRequiredValue(dir));
            foreach (var finding in findings)
            {
                context.Out.WriteLine(Word.Plain(finding));
            }

            return findings.Count == 0
                ? Found(context)
                : throw new AuthorityException("090", $"{findings.Count} of this authority's parts are not as they should be.", "See the lines above; restore the folder from its backup if you cannot explain one.");
        });
    }

    private static int Found(CommandContext context)
    {
        context.Out.WriteLine("whole: certificates by their profiles, in the ledger, made in ceremonies that the root signed; keys encrypted");
        return ExitCode.Done;
    }

    private static string State(LedgerCertificate certificate, DateTimeOffset now) =>
        certificate.RevokedAt is not null ? "revoked" : certificate.IsValid(now) ? "valid" : "expired";
}
