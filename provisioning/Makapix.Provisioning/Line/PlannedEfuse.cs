namespace Makapix.Provisioning.Line;

/// <summary>One eFuse that is burned.</summary>
/// <param name="Name">Espressif's name.</param>
/// <param name="Now">What it is.</param>
/// <param name="After">What it becomes.</param>
/// <param name="Reversible">Whether its effect can be undone.</param>
/// <param name="Last">Whether it is burned at the very end, after everything else was verified.</param>
/// <param name="Why">The reason.</param>
public sealed record PlannedEfuse(string Name, string Now, string After, bool Reversible, bool Last, string Why);
