namespace Makapix.Provisioning.Broker.Lint;

/// <summary>A weakness that is looked for.</summary>
/// <param name="Id">Stable id, as findings carry it.</param>
/// <param name="What">What is weak, and what it lets happen.</param>
/// <param name="Fix">What to write instead.</param>
public sealed record LintRule(string Id, string What, string Fix)
{
    internal LintFinding At(string file, int line) => new(file, line, Id, What, Fix);

    internal LintFinding At(string file, int line, string subject) => new(file, line, Id, $"{subject}: {What}", Fix);
}
