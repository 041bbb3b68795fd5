using System;
using System.CommandLine;
using System.Threading.Tasks;
using Makapix.Provisioning.Broker.Kit;

namespace Makapix.Cli.Commands;

internal static partial class BrokerCommand
{
    private static Command Kit(CommandContext context)
    {
        var config = Config();
        var output = new Option<string>("--out") { Description = "folder to make; must be empty if it is there", HelpName = "DIR", Required = true };
        const string What = "Write the files of a hardened broker: mosquitto behind HAProxy, and what guards and watches both. Every limit says where it comes from.";
        return context.Handle(new Command("kit", What) { config, output }, (parsed, _) =>
        {
            var directory = parsed.GetRequiredValue(output);
            var files = BrokerKit.Write(KitDescriptionFile.Read(parsed.GetRequiredValue(config)), directory, DateTimeOffset.UtcNow);
            context.Out.WriteLine($"{directory}: {files.Length} files. README.md says how they are installed.");
            foreach (var file in files)
            {
                context.Out.WriteLine($"  {file}");
            }

            return Task.FromResult(ExitCode.Done);
        });
    }
}
