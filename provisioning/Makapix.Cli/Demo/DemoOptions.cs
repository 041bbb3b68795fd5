namespace Makapix.Cli.Demo;

/// <summary>What the demo was asked.</summary>
/// <param name="Keep">Folder to keep everything in; null for a temporary one.</param>
/// <param name="Sabotage">The check whose guard is broken on purpose; null for none.</param>
/// <param name="Json">Whether the last line of stdout is the report as JSON.</param>
internal sealed record DemoOptions(string? Keep, string? Sabotage, bool Json);
