namespace Makapix.Provisioning.Line;

/// <summary>An eFuse that decides about security and that no row of the plan burns.</summary>
/// <param name="Name">Espressif's name.</param>
/// <param name="Now">What it is.</param>
/// <param name="After">What it is when all is burned: the same, but for the registers of protections, which follow from the plan.</param>
public sealed record OtherEfuse(string Name, string Now, string After);
