using System.CommandLine;
using System.Linq;
using System.Threading.Tasks;
using Makapix.Cli.Setup;

namespace Makapix.Cli.Commands;

/// <summary><c>makapix doctor</c>: which tools are there, which version, and what is missing. Changes nothing.</summary>
internal static class DoctorCommand
{
    public static Command Create(CommandContext context) =>
        context.Handle(new Command("doctor", "Show which tools are there, which version, and what is missing; changes nothing"), async (_, cancel) =>
        {
            var probe = new ToolSetup(context).Probe;
            var all = await Task.WhenAll(RequiredTool.All.Select(tool => probe.InspectAsync(tool, cancel)));
            foreach (var status in all)
            {
                context.Out.WriteLine($"{(status.Usable ? "✓" : "✗")} {status.Tool.Name,-10} {status.Version?.ToString() ?? "-",-8} {status.Path ?? "-"}");
                context.Out.WriteLine($"  {status.Tool.Purpose}{(status.Usable ? "" : $": {status.Problem}")}");
            }

            if (all.All(status => status.Usable))
            {
                return ExitCode.Done;
            }

            throw new ToolException("006", $"{string.Join(", ", all.Where(status => !status.Usable).Select(status => status.Tool.Name))}: missing or not usable.", "Run: ./makapix setup");
        });
}
