namespace Makapix.Cli.Demo;

/// <summary>What one check found.</summary>
/// <param name="Name">Its stable name.</param>
/// <param name="Ok">Whether it holds.</param>
/// <param name="Detail">What was seen.</param>
/// <param name="Seconds">How long it took.</param>
internal sealed record CheckResult(string Name, bool Ok, string Detail, double Seconds);
