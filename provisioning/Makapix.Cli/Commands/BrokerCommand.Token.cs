using System;
using System.CommandLine;
using System.Threading.Tasks;
using Makapix.Provisioning.Broker.Web;

namespace Makapix.Cli.Commands;

internal static partial class BrokerCommand
{
    private const int DefaultMinutes = 10;

    private static Command Token(CommandContext context)
    {
        var key = new Option<string>("--key") { Description = "key that signs tokens, ECDSA P-256: a file of encrypted PKCS#8", HelpName = "FILE", Required = true };
        var player = DeviceIdArgument.Option("player whose topics the browser may hear");
        player.Required = true;
        var minutes = NumberArgument.Option("--minutes", "N", "how long it lives", DefaultMinutes, (int)WebToken.LongestLife.TotalMinutes);
        var passphrases = new PassphraseOptions("key-", "passphrase of the key that signs tokens");
        const string What = "Sign a token by which a browser listens to one player over WebSocket, as a website would. Whoever has it may do so until it ends.";
        var command = new Command("token", What) { key, player, minutes };
        passphrases.AddTo(command);
        return context.Handle(command, (parsed, cancel) =>
        {
            using var opened = passphrases.Open(parsed, context, passphrase => WebTokenKey.Open(parsed.GetRequiredValue(key), passphrase), cancel);
            context.Out.WriteLine(opened.Sign(parsed.GetValue(player)!.Value, TimeSpan.FromMinutes(parsed.GetValue(minutes)), DateTimeOffset.UtcNow));
            return Task.FromResult(ExitCode.Done);
        });
    }
}
