using System.CommandLine;
using System.Threading.Tasks;
using Makapix.Provisioning.Broker.Lint;

namespace Makapix.Cli.Commands;

internal static partial class BrokerCommand
{
    private static Command Lint(CommandContext context)
    {
        var files = FilesArgument.Create("mosquitto.conf, access list, password file or compose file");
        var command = new Command("lint", "List what is weak in a broker's files, by rule, with the fix. Answers 1 if there is anything.") { files };
        return context.Handle(command, (parsed, _) =>
        {
            var findings = BrokerLint.Run(parsed.GetRequiredValue(files));
            foreach (var finding in findings)
            {
                context.Out.WriteLine($"{finding.File}:{finding.Line}: {finding.Rule}: {finding.What}. {finding.Fix}.");
            }

            context.Out.WriteLine(findings.Length == 0 ? "Nothing found." : $"{findings.Length} found.");
            return Task.FromResult(findings.Length == 0 ? ExitCode.Done : ExitCode.Failed);
        });
    }
}
