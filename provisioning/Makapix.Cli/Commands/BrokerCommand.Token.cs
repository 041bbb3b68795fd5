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
        var most = (int)WebToken.LongestLife.TotalMinutes;
        var minutes = new Option<int>("--minutes")
        {
            Description = $"how long it lives, 1 to {most}",
            HelpName = "N",
            DefaultValueFactory = _ => DefaultMinutes,
            CustomParser = result => NumberArgument.Decimal(result, 1, most) ?? DefaultMinutes,
        };
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
