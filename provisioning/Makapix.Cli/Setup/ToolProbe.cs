using System;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;

namespace Makapix.Cli.Setup;

/// <summary>Finds out whether a tool is there, runs, and is new enough, by running it.</summary>
internal sealed partial class ToolProbe(ToolShell shell)
{
    public async Task<ToolStatus> InspectAsync(RequiredTool tool, CancellationToken cancel, string? except = null)
    {
        var path = shell.Find(tool.Name, except);
        return path is null ? new ToolStatus(tool, null, null, "not found on PATH") : await InspectAsync(tool, path, cancel);
    }

    public async Task<ToolStatus> InspectAsync(RequiredTool tool, string path, CancellationToken cancel)
    {
        var run = await shell.RunAsync(path, tool.Arguments, cancel);
        var version = Version.TryParse(VersionText().Match(run.Text).Value, out var parsed) ? parsed : null;

        // mosquitto -h exits 3: what it printed is what counts.
        var ran = run.Succeeded || (tool == RequiredTool.Mosquitto && version is not null);
        var problem = !ran ? $"does not run: {LastLine(run.Text)}"
            : tool.Minimum is not null && version is null ? "does not tell its version"
            : version < tool.Minimum ? $"too old: {tool.Minimum} or newer is needed"
            : null;
        return new ToolStatus(tool, path, version, problem);
    }

    private static string LastLine(string text) => text.TrimEnd().Split('\n')[^1].Trim();

    [GeneratedRegex(@"\d+\.\d+(\.\d+)?")]
    private static partial Regex VersionText();
}
