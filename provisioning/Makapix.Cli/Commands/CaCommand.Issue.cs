using System.CommandLine;
using System.CommandLine.Parsing;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using Makapix.Provisioning.Authority;
using Makapix.Provisioning.Authority.Keys;

namespace Makapix.Cli.Commands;

/// <summary><c>makapix ca issue-broker</c>, <c>issue-operator</c>, <c>issue-service</c>.</summary>
internal static partial class CaCommand
{
    private static Command IssueBroker(CommandContext context)
    {
        var hosts = new Option<string[]>("--host") { Description = "names by which clients know the broker", HelpName = "NAME", Required = true, AllowMultipleArgumentsPerToken = true };
        var addresses = new Option<IPAddress[]>("--ip")
        {
            Description = "addresses by which clients know it; devices check names only",
            HelpName = "ADDRESS",
            AllowMultipleArgumentsPerToken = true,
            CustomParser = ParseAddresses,
        };
        var key = KeyOption();
        var folder = OutOption("DIR", "folder for broker.crt, broker.key, ca.crt and crl.pem");
        return OnAuthority(context, new Command("issue-broker", "Issue a broker's certificate, with all that mosquitto reads beside it.") { hosts, addresses, key, folder }, (parsed, authority) =>
            Report(context, new CredentialWriter(authority, parsed.GetRequiredValue(folder)).Broker(parsed.GetRequiredValue(hosts), parsed.GetValue(addresses), parsed.GetValue(key))));
    }

    private static Command IssueOperator(CommandContext context)
    {
        var name = NameOption("op_");
        var folder = OutOption("DIR", "folder for op.crt, op.key and ca.crt");
        return OnAuthority(context, new Command("issue-operator", "Issue an operator's certificate.") { name, folder }, (parsed, authority) =>
            Report(context, new CredentialWriter(authority, parsed.GetRequiredValue(folder)).Operator(parsed.GetRequiredValue(name))));
    }

    private static Command IssueService(CommandContext context)
    {
        var name = NameOption("svc_");
        var folder = OutOption("DIR", "folder for svc.crt, svc.key and ca.crt");
        return OnAuthority(context, new Command("issue-service", "Issue a backend service's certificate.") { name, folder }, (parsed, authority) =>
            Report(context, new CredentialWriter(authority, parsed.GetRequiredValue(folder)).Service(parsed.GetRequiredValue(name))));
    }

    private static Option<string> NameOption(string prefix) => new("--name") { Description = $"name of its owner; the certificate says {prefix}NAME", HelpName = "NAME", Required = true };

    private static Option<KeyKind?> KeyOption() => new("--key")
    {
        Description = $"kind of its key, where clients need another than ec-p256: one of {KeyKinds.Names}",
        HelpName = "KIND",
        CustomParser = result =>
        {
            if (!KeyKinds.TryParse(result.Tokens[0].Value, out var kind))
            {
                result.AddError($"--key takes one of {KeyKinds.Names}");
            }

            return kind;
        },
    };

    private static IPAddress[] ParseAddresses(ArgumentResult result)
    {
        var addresses = result.Tokens.Select(token => ParseAddress(token.Value)).ToList();
        if (addresses.Contains(null))
        {
            result.AddError("--ip takes IPv4 or IPv6 addresses");
        }

        return [.. addresses.OfType<IPAddress>()];
    }

    // .NET reads "1" as 0.0.0.1 and the like; people mean what they wrote.
    private static IPAddress? ParseAddress(string text) =>
        IPAddress.TryParse(text, out var address) && (address.AddressFamily == AddressFamily.InterNetworkV6 || address.ToString() == text) ? address : null;

    private static int Report(CommandContext context, CredentialFiles files)
    {
        foreach (var path in files.Paths)
        {
            context.Out.WriteLine(path);
        }

        context.Error.WriteLine($"{files.CommonName}, serial {files.Serial}, until {files.NotAfter:yyyy-MM-dd}.");
        context.Error.WriteLine($"{files.Key} is not encrypted, since its program starts with nobody there to ask: mode 0600. Give it to that program's user (chown), and to nobody else.");
        return ExitCode.Done;
    }
}
