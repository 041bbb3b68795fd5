namespace Makapix.Cli.Setup;

/// <summary>How a tool's process ended.</summary>
/// <param name="ExitCode">Its exit code; 127 if it could not be started, as in a shell.</param>
/// <param name="Text">What it printed on both streams.</param>
internal sealed record ToolRun(int ExitCode, string Text)
{
    public bool Succeeded => ExitCode == 0;
}
