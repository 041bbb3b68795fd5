using System;
using System.CommandLine;
using Makapix.Provisioning.Authority;

namespace Makapix.Cli.Commands;

/// <summary><c>makapix ca show</c>.</summary>
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
                context.Out.WriteLine($"{certificate.Serial} {CertificateKindNames.NameOf(certificate.Kind),-16} {certificate.NotAfter:yyyy-MM-dd} {State(certificate, now),-8} {certificate.CommonName}");
            }

            return ExitCode.Done;
        });
    }

    private static string State(IssuedCertificate certificate, DateTimeOffset now) =>
        certificate.RevokedAt is not null ? "revoked" : certificate.IsValid(now) ? "valid" : "expired";
}
