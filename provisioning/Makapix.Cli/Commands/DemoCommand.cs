using System.CommandLine;
using System.CommandLine.Parsing;
using Makapix.Cli.Demo;
using Makapix.Cli.Setup;

namespace Makapix.Cli.Commands;

/// <summary><c>makapix demo</c>: everything in one go, and the proof that it holds.</summary>
internal static class DemoCommand
{
    public static Command Create(CommandContext context)
    {
        var keep = new Option<string?>("--keep") { Description = "keep everything in this folder for a look", HelpName = "DIR" };
        var sabotage = new Option<Sabotage?>("--sabotage")
        {
            Description = $"break what one check guards; it alone must turn red: {Sabotage.Checks}",
            HelpName = "CHECK",
            CustomParser = ParseSabotage,
        };
        var json = new Option<bool>("--json") { Description = "end with one JSON object on a line of its own" };
        return context.Handle(new Command("demo", "From a new CA to a device online, on a virtual chip with the real tools; then prove it.") { keep, sabotage, json }, async (parsed, cancel) =>
        {
            var broken = parsed.GetValue(sabotage) ?? new Sabotage();
            using var folders = DemoFolders.Create(parsed.GetValue(keep));
            await new ToolSetup(context).EnsureDemoAsync(verify: false, cancel);
            await using var world = new DemoWorld(folders, broken);
            var console = new DemoConsole(context);
            console.Introduce(broken);
            var report = await new DemoRunner(console).RunAsync(world, cancel);
            console.Show(report, parsed.GetValue(json));
            return report.Ok ? ExitCode.Done : ExitCode.Failed;
        });
    }

    private static Sabotage ParseSabotage(ArgumentResult result)
    {
        var check = result.Tokens[0].Value;
        if (Sabotage.For(check) is { } sabotage)
        {
            return sabotage;
        }

        result.AddError($"--sabotage takes one of {Sabotage.Checks}, not '{check}'");
        return new Sabotage();
    }
}
