namespace Makapix.Provisioning.Broker.Lint;

/// <summary>A line of a file.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Key">Its first word.</param>
/// <param name="Value">The rest.</param>
internal sealed record LintLine(int Number, string Key, string Value);
