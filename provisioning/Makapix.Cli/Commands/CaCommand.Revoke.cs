using System.CommandLine;
using Makapix.Cli.Reports;

namespace Makapix.Cli.Commands;

/// <summary><c>makapix ca revoke</c>.</summary>
internal static partial class CaCommand
{
    private static Command Revoke(CommandContext context)
    {
        var serial = new Option<string?>("--serial") { Description = "serial number of the one certificate to revoke", HelpName = "S" };
        var name = new Option<string?>("--cn") { Description = "common name whose valid certificates to revoke", HelpName = "NAME" };
        var reason = ReasonOption();
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
                context.Out.WriteLine(Word.Plain($"{certificate.Serial} {certificate.CommonName}"));
            }

            context.Error.WriteLine("Revoked. Publish it with 'makapix ca crl', then reload the broker (SIGHUP).");
            return ExitCode.Done;
        });
    }
}
