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
        return Handle(context, new Command("show", "List what the authority issued. Needs no passphrase.") { dir }, (parsed, _) =>
        {
            var now = DateTimeOffset.UtcNow;
            foreach (var certificate in CertificateAuthority.List(parsed.GetRequiredValue(dir)))
            {
                context.Out.WriteLine($"{certificate.Serial} {CertificateKindNames.NameOf(certificate.Kind),-16} {certificate.NotAfter:yyyy-MM-dd} {State(certificate, now),-8} {Word.Plain(certificate.CommonName)}");
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
                context.Out.WriteLine(finding);
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
