namespace Makapix.Provisioning.Broker.Lint;

/// <summary>Something weak in a broker's file.</summary>
/// <param name="File">The file, as it was named.</param>
/// <param name="Line">From 1; 0 for what is missing from the file as a whole.</param>
/// <param name="Rule">Stable id.</param>
/// <param name="What">What is weak, and what it lets happen; no secret of the file is in it.</param>
/// <param name="Fix">What to write instead.</param>
public sealed record LintFinding(string File, int Line, string Rule, string What, string Fix);
