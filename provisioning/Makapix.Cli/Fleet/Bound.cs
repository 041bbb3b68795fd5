namespace Makapix.Cli.Fleet;

/// <summary>What is demanded of the firmware's backoff, and whether it holds.</summary>
/// <param name="Name">What is bounded.</param>
/// <param name="Value">What was measured; null: it never came about.</param>
/// <param name="Limit">The most that it may be.</param>
/// <param name="What">For people.</param>
internal sealed record Bound(string Name, double? Value, double Limit, string What)
{
    public bool Holds => Value <= Limit;
}
