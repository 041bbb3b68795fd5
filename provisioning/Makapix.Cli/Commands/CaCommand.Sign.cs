using System;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.IO;
using Makapix.Provisioning.Authority;

namespace Makapix.Cli.Commands;

/// <summary><c>makapix ca sign</c>.</summary>
internal static partial class CaCommand
{
    private static Command Sign(CommandContext context)
    {
        var request = PathOption("--csr", "FILE", "the request, PEM");
        var profile = new Option<CertificateKind>("--profile")
        {
            Description = "what it shall be: device, broker, operator or service",
            HelpName = "P",
            Required = true,
            CustomParser = ParseProfile,
        };
        var name = new Option<string?>("--cn") { Description = "whom it names: the broker's host, op_NAME or svc_NAME", HelpName = "NAME" };
        var device = DeviceIdArgument.Option("the device that it names");
        var file = OutOption("FILE", "file for the certificate and its issuing CA; must not be there yet");
        var command = new Command("sign", "Sign a request whose key was born elsewhere.") { request, profile, name, device, file };
        command.Validators.Add(result =>
        {
            if (result.GetResult(name) is null == result.GetResult(device) is null)
            {
                result.AddError("give --cn or --device-id, and not both");
            }
            else if (result.GetResult(profile)?.Tokens is [{ Value: var kind }] && kind == "device" == result.GetResult(device) is null)
            {
                result.AddError("--device-id names a device, --cn all others");
            }
        });
        return OnAuthority(context, command, (parsed, authority) =>
        {
            var path = parsed.GetRequiredValue(file);
            var writer = new CredentialWriter(authority, Path.GetDirectoryName(Path.GetFullPath(path)) ?? ".");
            var signed = writer.Signed(Path.GetFileName(path), serial =>
                Sign(authority, parsed.GetRequiredValue(request), parsed.GetValue(profile), parsed.GetValue(name) ?? "", parsed.GetValue(device), serial));
            context.Out.WriteLine(path);
            context.Error.WriteLine($"{signed.CommonName}, serial {signed.Serial}, until {signed.NotAfter:yyyy-MM-dd}.");
            return ExitCode.Done;
        });
    }

    private static SignedCertificate Sign(CertificateAuthority authority, string request, CertificateKind profile, string name, Guid? device, string serial) => profile switch
    {
        CertificateKind.Device => authority.SignDevice(request, device.GetValueOrDefault(), serial),
        CertificateKind.Broker => authority.SignBroker(request, [name], serial),
        CertificateKind.Operator => authority.SignOperator(request, Unprefixed(name, "op_"), serial),
        _ => authority.SignService(request, Unprefixed(name, "svc_"), serial),
    };

    // The whole name is typed, as it stands in the request: one that is of another kind is no slip to be mended.
    private static string Unprefixed(string name, string prefix) =>
        name.StartsWith(prefix, StringComparison.Ordinal) ? name[prefix.Length..] : throw new AuthorityException("054", $"'{name}' is no name of that profile.", $"Its names begin with {prefix}.");

    private static CertificateKind ParseProfile(ArgumentResult result)
    {
        switch (result.Tokens[0].Value)
        {
            case "device":
                return CertificateKind.Device;
            case "broker":
                return CertificateKind.Broker;
            case "operator":
                return CertificateKind.Operator;
            case "service":
                return CertificateKind.Service;
            default:
                result.AddError("--profile takes device, broker, operator or service");
                return default;
        }
    }
}
