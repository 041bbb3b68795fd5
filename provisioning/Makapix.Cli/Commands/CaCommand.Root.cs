using System.CommandLine;
using System.CommandLine.Parsing;
using System.Security.Cryptography.X509Certificates;
using Makapix.Provisioning.Authority;

namespace Makapix.Cli.Commands;

/// <summary><c>makapix ca rotate-issuing</c> and <c>revoke-issuing</c>: what takes the root's key.</summary>
internal static partial class CaCommand
{
    private static Command RotateIssuing(CommandContext context)
    {
        var kind = new Option<CertificateKind>("--kind") { Description = "devices or services", HelpName = "KIND", Required = true, CustomParser = ParseIssuing };
        var token = new Option<string?>("--token") { Description = "key that is on a PKCS#11 token already, without its PIN: pkcs11:token=…;object=…", HelpName = "URI" };
        return WithRoot(context, new Command("rotate-issuing", "Introduce a new issuing CA. What the old one issued stays valid; devices are not touched.") { kind, token }, (parsed, authority, root) =>
        {
            var made = authority.RotateIssuing(parsed.GetValue(kind), root, parsed.GetValue(token));
            context.Out.WriteLine($"{made.Subject}, until {made.NotAfter:yyyy-MM-dd}");
            context.Out.WriteLine($"SHA-256 {made.Sha256}");
            context.Error.WriteLine("It issues from now on. Publish the revocation lists ('makapix ca crl') and reload the broker (SIGHUP) before the first certificate of the new CA is used: without its list, the broker refuses it.");
            return ExitCode.Done;
        });
    }

    private static Command RevokeIssuing(CommandContext context)
    {
        var ca = new Option<CaGeneration>("--ca")
        {
            Description = "which issuing CA, by the name of its files: devices-issuing-g1, …",
            HelpName = "NAME",
            Required = true,
            CustomParser = result =>
            {
                if (!CaGeneration.TryParse(result.Tokens[0].Value, out var generation))
                {
                    result.AddError("--ca takes a name such as devices-issuing-g1");
                }

                return generation;
            },
        };
        var reason = ReasonOption();
        return WithRoot(context, new Command("revoke-issuing", "Revoke an issuing CA, and with it all that it ever signed.") { ca, reason }, (parsed, authority, root) =>
        {
            var revoked = authority.RevokeIssuing(parsed.GetValue(ca), parsed.GetValue(reason), root);
            context.Out.WriteLine($"{revoked.Serial} {revoked.CommonName}");
            context.Error.WriteLine("Revoked. Write the broker's files anew ('makapix ca crl', 'makapix ca trust'), then RESTART the broker: SIGHUP does not make mosquitto read its trust file again, nor is it sure to forget a list that it has read.");
            return ExitCode.Done;
        });
    }

    private static Option<X509RevocationReason> ReasonOption() => new("--reason")
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

    private static CertificateKind ParseIssuing(ArgumentResult result)
    {
        switch (result.Tokens[0].Value)
        {
            case "devices":
                return CertificateKind.DevicesIssuing;
            case "services":
                return CertificateKind.ServicesIssuing;
            default:
                result.AddError("--kind takes devices or services");
                return default;
        }
    }
}
