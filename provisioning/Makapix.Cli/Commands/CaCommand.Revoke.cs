using System.CommandLine;
using System.Security.Cryptography.X509Certificates;
using Makapix.Provisioning.Authority;

namespace Makapix.Cli.Commands;

/// <summary><c>makapix ca revoke</c> and <c>makapix ca crl</c>.</summary>
internal static partial class CaCommand
{
    private static Command Revoke(CommandContext context)
    {
        var serial = new Option<string?>("--serial") { Description = "serial number of the one certificate to revoke", HelpName = "S" };
        var name = new Option<string?>("--cn") { Description = "common name whose valid certificates to revoke", HelpName = "NAME" };
        var reason = new Option<X509RevocationReason>("--reason")
        {
            Description = $"one of {RevocationReasons.Names}",
            HelpName = "R",
            Required = true,
            CustomParser = result =>
            {
                if (!RevocationReasons.TryParse(result.Tokens[0].Value, out var parsed))
                {
                    result.AddError($"--reason takes one of {RevocationReasons.Names}");
                }

                return parsed;
            },
        };
        var command = new Command("revoke", "Revoke certificates. Brokers refuse them once they have read the next revocation list.") { serial, name, reason };
        command.Validators.Add(result =>
        {
            if (result.GetResult(serial) is null == result.GetResult(name) is null)
            {
                result.AddError("give --serial or --cn, and not both");
            }
        });
        return OnAuthority(context, command, (parsed, authority) =>
        {
            var why = parsed.GetValue(reason);
            var revoked = parsed.GetValue(serial) is { } one ? [authority.Revoke(one, why)] : authority.RevokeName(parsed.GetValue(name) ?? "", why);
            foreach (var certificate in revoked)
            {
                context.Out.WriteLine($"{certificate.Serial} {certificate.CommonName}");
            }

            context.Error.WriteLine("Revoked. Publish it with 'makapix ca crl', then reload the broker (SIGHUP).");
            return ExitCode.Done;
        });
    }

    private static Command Crl(CommandContext context)
    {
        var file = OutOption("FILE", "file for the revocation lists of all CAs, replaced in one stroke");
        return OnAuthority(context, new Command("crl", "Publish new revocation lists.") { file }, (parsed, authority) =>
        {
            var path = parsed.GetRequiredValue(file);
            authority.PublishCrls(path);
            context.Out.WriteLine(path);
            context.Error.WriteLine($"Good for {CertificateAuthority.CrlLifetime.Days} days: a broker with an older list refuses everybody. Publish daily, and reload the broker (SIGHUP).");
            return ExitCode.Done;
        });
    }
}
