using System.CommandLine;
using System.IO;
using System.Threading.Tasks;
using Makapix.Cli.Development;

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
        var passphrases = new PassphraseOptions();
        var broker = new Option<(string Host, ushort Port)>("--broker")
        {
            Description = "the broker, by the name in the broker's certificate",
            HelpName = BrokerArgument.HelpName,
            Required = true,
            CustomParser = BrokerArgument.Parse,
        };
        var wifi = new WifiOptions();
        var output = new Option<string>("--out") { Description = "folder for the files; git must ignore them there", HelpName = "DIR", DefaultValueFactory = _ => DefaultFolder };
        var command = new Command("dev", "Fill an identity for a developer's own board, from a development authority.") { dir, broker, output };
        passphrases.AddTo(command);
        wifi.AddTo(command);
        return context.Handle(command, (parsed, cancel) => context.OnAuthorityAsync(
            parsed,
            dir,
            passphrases,
            wifi,
            parsed.GetValue(wifi.Ssid),
            (authority, password) =>
            {
                var folder = parsed.GetRequiredValue(output);
                var (host, port) = parsed.GetRequiredValue(broker);
                var id = new DevelopmentIdentity(authority, folder).Write(host, port, parsed.GetValue(wifi.Ssid), password);
                context.Out.WriteLine($"device {id}");
                context.Out.WriteLine(Path.Combine(folder, DevelopmentIdentity.BlobFile));
                context.Out.WriteLine(Path.Combine(folder, DevelopmentIdentity.SourceFile));
                context.Error.WriteLine("Both files hold the private key. The first runs on this PC (makapix device run --identity …), the second in a Debug build.");
                return Task.FromResult(ExitCode.Done);
            },
            cancel));
    }
}
