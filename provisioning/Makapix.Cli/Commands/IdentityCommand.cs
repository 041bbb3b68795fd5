using System;
using System.CommandLine;
using System.IO;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Cli.Development;
using Makapix.Provisioning.Authority;

namespace Makapix.Cli.Commands;

/// <summary><c>makapix identity</c>: identities without a factory.</summary>
internal static class IdentityCommand
{
    private static readonly string DefaultFolder = Path.Combine("firmware", "Makapix.Device.Identity");

    public static Command Create(CommandContext context) => new("identity", "Identities without a factory, for developers.")
    {
        Dev(context),
    };

    private static Command Dev(CommandContext context)
    {
        var dir = new Option<string>("--authority") { Description = "folder of a development authority", HelpName = "DIR", Required = true };
        var passphraseFd = SecretInput.FdOption("--passphrase-fd", "the passphrase of the authority");
        var broker = new Option<(string Host, ushort Port)>("--broker")
        {
            Description = "the broker, by the name in the broker's certificate",
            HelpName = BrokerArgument.HelpName,
            Required = true,
            CustomParser = BrokerArgument.Parse,
        };
        var wifiSsid = new Option<string?>("--wifi-ssid") { Description = "Wi-Fi network of the board", HelpName = "S" };
        var wifiPasswordFd = SecretInput.FdOption("--wifi-password-fd", "the Wi-Fi password");
        var output = new Option<string>("--out") { Description = "folder for the files; git must ignore them there", HelpName = "DIR", DefaultValueFactory = _ => DefaultFolder };
        var command = new Command("dev", "Fill an identity for a developer's own board, from a development authority.") { dir, passphraseFd, broker, wifiSsid, wifiPasswordFd, output };
        command.Validators.Add(result =>
        {
            if (result.GetResult(wifiPasswordFd) is not null && result.GetResult(wifiSsid) is null)
            {
                result.AddError("--wifi-password-fd needs --wifi-ssid");
            }
        });
        return context.Handle(command, (parsed, cancel) =>
        {
            var ssid = parsed.GetValue(wifiSsid);
            var passphrase = SecretInput.Read(parsed.GetValue(passphraseFd), "passphrase of the authority", context.Error, cancel);
            byte[] password = [];
            try
            {
                password = ssid is null ? [] : Password(context, parsed.GetValue(wifiPasswordFd), cancel);
                using var authority = CertificateAuthority.Open(parsed.GetRequiredValue(dir), passphrase);
                var folder = parsed.GetRequiredValue(output);
                var (host, port) = parsed.GetRequiredValue(broker);
                var id = new DevelopmentIdentity(authority, folder).Write(host, port, ssid, password);
                context.Out.WriteLine($"device {id}");
                context.Out.WriteLine(Path.Combine(folder, DevelopmentIdentity.BlobFile));
                context.Out.WriteLine(Path.Combine(folder, DevelopmentIdentity.SourceFile));
                context.Error.WriteLine("Both files hold the private key. The first runs on this PC (makapix device run --identity …), the second in a Debug build.");
                return Task.FromResult(ExitCode.Done);
            }
            finally
            {
                Array.Clear(passphrase);
                CryptographicOperations.ZeroMemory(password);
            }
        });
    }

    private static byte[] Password(CommandContext context, int? fd, CancellationToken cancel)
    {
        var typed = SecretInput.Read(fd, "Wi-Fi password", context.Error, cancel);
        try
        {
            return Encoding.UTF8.GetBytes(typed);
        }
        finally
        {
            Array.Clear(typed);
        }
    }
}
