using System.CommandLine;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Provisioning.Authority;
using Makapix.Provisioning.Authority.Ceremonies;
using Makapix.Provisioning.Authority.Publishing;

namespace Makapix.Cli.Commands;

/// <summary><c>makapix ca crl</c> and <c>makapix ca trust</c>: what a broker verifies its clients by.</summary>
internal static partial class CaCommand
{
    private static Command Crl(CommandContext context)
    {
        var file = OutOption("FILE", "file for the revocation lists of all CAs, replaced in one stroke");
        var watch = new Option<bool>("--watch") { Description = "stay, and publish new ones every day" };
        var pid = new Option<int?>("--pid")
        {
            Description = "process id of the mosquitto to reload after each",
            HelpName = "N",
            CustomParser = result => NumberArgument.Decimal(result, 1, int.MaxValue),
        };
        var pidFile = new Option<string?>("--pid-file") { Description = "the pid_file of the mosquitto to reload after each", HelpName = "FILE" };
        var heads = new Option<string?>("--heads") { Description = "with --watch: folder for the ledger's signed head of each day; a place that whoever has the ledger cannot write to is best", HelpName = "DIR" };
        var root = new Option<string?>("--root") { Description = "folder of the root: sign a new list of the root too, which is good for more than a year", HelpName = "ROOTDIR" };
        var rootPassphrases = PassphraseOptions.OfRoot();
        var command = new Command("crl", "Publish new revocation lists.") { file, watch, pid, pidFile, heads, root };
        rootPassphrases.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetResult(pid) is not null && result.GetResult(pidFile) is not null)
            {
                result.AddError("give --pid or --pid-file, and not both");
            }

            if (result.GetResult(heads) is not null && !result.GetValue(watch))
            {
                result.AddError("--heads goes with --watch; 'makapix ledger head' signs one now");
            }
        });
        return OnAuthority(context, command, async (parsed, authority, cancel) =>
        {
            if (parsed.GetValue(root) is { } rootFolder)
            {
                using var atHand = rootPassphrases.Open(parsed, context, passphrase => RootAtHand.Open(rootFolder, passphrase), cancel);
                context.Error.WriteLine($"The root's list is good until {authority.RenewRootCrl(atHand):yyyy-MM-dd}.");
            }

            var path = parsed.GetRequiredValue(file);
            IBrokerReload? broker = parsed.GetValue(pidFile) is { } known ? new MosquittoSignal(known) : parsed.GetValue(pid) is { } number ? new MosquittoSignal(number) : null;
            return parsed.GetValue(watch) ? await WatchAsync(context, authority, new CrlWatchOptions(path) { HeadFolder = parsed.GetValue(heads) }, broker, cancel) : Publish(context, authority, path, broker);
        });
    }

    private static Command Trust(CommandContext context)
    {
        var file = OutOption("FILE", "file for the root and every issuing CA that counts, replaced in one stroke");
        return OnAuthority(context, new Command("trust", "Write whom a broker trusts.") { file }, (parsed, authority) =>
        {
            var path = parsed.GetRequiredValue(file);
            authority.PublishTrust(path);
            context.Out.WriteLine(path);
            context.Error.WriteLine("mosquitto reads it when it starts, and not again: restart it.");
            return ExitCode.Done;
        });
    }

    private static int Publish(CommandContext context, CertificateAuthority authority, string path, IBrokerReload? broker)
    {
        authority.PublishCrls(path);
        context.Out.WriteLine(path);
        broker?.Reload();
        context.Error.WriteLine($"Good for {CertificateAuthority.CrlLifetime.Days} days: a broker with an older list refuses everybody. Publish daily ('--watch' does){(broker is null ? ", and reload the broker (SIGHUP)" : "")}.");
        return ExitCode.Done;
    }

    private static async Task<int> WatchAsync(CommandContext context, CertificateAuthority authority, CrlWatchOptions options, IBrokerReload? broker, CancellationToken cancel)
    {
        await new CrlWatch(authority, options, broker, context.Error.WriteLine).RunAsync(cancel);
        return ExitCode.Done;
    }
}
